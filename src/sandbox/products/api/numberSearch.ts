import type { Request } from "express";
import type { SandboxNumber } from "../../world/resources.ts";
import type { StockNumber } from "../../world/stock.ts";
import { near, places } from "./placeSearch.ts";
import { requirementOf } from "./buying.ts";
import { flag, text } from "../../http/format.ts";
import { refusal } from "../../http/errors.ts";

type Query = Request["query"];
type Test = (number: StockNumber) => boolean;

const keypad = ["", "", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
const longestPattern = 16;

/** Which numbers a search wants, by all filters that Twilio has. */
export function searchOf(query: Query): Test {
  const tests = [
    areaCode(query),
    contains(query),
    abilities(query),
    addresses(query),
    places(query),
    near(query),
  ];
  return (number) => tests.every((test) => test(number));
}

export function capabilitiesOf({ country }: StockNumber): SandboxNumber["capabilities"] {
  return { voice: true, sms: true, mms: country.callingCode === "1", fax: false };
}

export function requirementFor({ country, type }: StockNumber): SandboxNumber["addressRequirements"] {
  return requirementOf(country, type === "toll_free");
}

function areaCode(query: Query): Test {
  const code = text(query.AreaCode);
  if (!code) return () => true;
  if (!/^\d{1,4}$/.test(code)) throw refusal(20001, `Invalid AreaCode ${code}`);
  return ({ phoneNumber }) => phoneNumber.startsWith(`+1${code}`);
}

/** Letters are read as on a keypad; `*` is one digit, `%` a run of them; `+` holds the start and `$` the end. */
function contains(query: Query): Test {
  const wanted = text(query.Contains);
  if (!wanted) return () => true;
  const pattern = patternOf(wanted);
  return ({ phoneNumber }) => pattern.test(phoneNumber);
}

function patternOf(wanted: string): RegExp {
  // Wildcards stand before and after the digits only; live Twilio refuses them in between.
  const parts = /^(\+?)(\*+|%?)([\da-zA-Z]{2,})(\*+|%?)(\$?)$/.exec(wanted);
  if (wanted.length > longestPattern || !parts) throw refusal(20001, `Invalid Pattern Provided: ${wanted}`);
  const [, start, before = "", literals = "", after = "", end] = parts;
  const digits = literals
    .toLowerCase()
    .replace(/[a-z]/g, (letter) => String(keypad.findIndex((letters) => letters.includes(letter))));
  const body = (before + digits + after).replaceAll("*", "\\d").replaceAll("%", "\\d*");
  return new RegExp(`${start ? "^\\+" : ""}${body}${end ? "$" : ""}`);
}

// "false" excludes nothing: the flags only pick numbers that have the ability.
function abilities(query: Query): Test {
  const wanted = (["voice", "sms", "mms", "fax"] as const).filter(
    (name) => flag(query[`${name.charAt(0).toUpperCase()}${name.slice(1)}Enabled`]) === true,
  );
  return (number) => wanted.every((name) => capabilitiesOf(number)[name]);
}

function addresses(query: Query): Test {
  const excluded = new Set<string>();
  if (flag(query.ExcludeAllAddressRequired)) excluded.add("any").add("local").add("foreign");
  if (flag(query.ExcludeLocalAddressRequired)) excluded.add("local");
  if (flag(query.ExcludeForeignAddressRequired)) excluded.add("foreign");
  return (number) => !excluded.has(requirementFor(number));
}
