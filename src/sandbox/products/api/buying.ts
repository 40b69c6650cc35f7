import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SandboxAccount } from "../../world/account.ts";
import { countries, type SandboxCountry } from "../../world/countries.ts";
import type { SandboxNumber } from "../../world/resources.ts";
import { countryOf, stockOf } from "../../world/stock.ts";
import type { World } from "../../world/world.ts";
import { text, type Form } from "../../http/format.ts";
import { settingsOf } from "./numberSettings.ts";
import { refusal } from "../../http/errors.ts";

export type Kind = SandboxNumber["type"];

const trialSentences = {
  21404:
    "Trial accounts are allowed only one Twilio number. To purchase additional numbers, please upgrade your account.",
  10002: "This feature is not available to trial accounts: more than one number",
};

/** Buys the number that the form names, or one in its area code, if nothing speaks against it. */
export function buy(world: World, account: SandboxAccount, form: Form, kind?: Kind): SandboxNumber {
  const { secondTrialNumber } = world.unverified;
  if (account.type === "Trial" && account.numbers.size > 0)
    throw refusal(secondTrialNumber, trialSentences[secondTrialNumber]);
  const given = wanted(world, form, kind);
  const parsed = parsePhoneNumberFromString(given);
  if (!parsed?.isValid()) throw refusal(21421, `Phone number ${given} is invalid`);
  const phoneNumber = parsed.number;
  const country = countryOf(parsed.country ?? "");
  const settings = settingsOf(form, {});
  const bought = settings.FriendlyName ? settings : { ...settings, FriendlyName: parsed.formatNational() };
  if (isTaken(world, phoneNumber) || world.faults.take(["numberSold"]))
    throw refusal(21422, `${phoneNumber} is not available.`);
  const requirement = requirementOf(country, parsed.getType() === "TOLL_FREE");
  if (requirement !== "none") checkAddress(account, country, settings.AddressSid);
  return account.addNumber(phoneNumber, bought, requirement);
}

function checkAddress(account: SandboxAccount, country: SandboxCountry | undefined, sid = ""): void {
  const local = country?.address === "local";
  const code = local ? 21615 : 21631;
  const kind = local ? "a Local" : "an";
  if (!sid)
    throw refusal(code, `Phone Number Requires ${kind} Address but the 'AddressSid' parameter was empty.`);
  const address = account.addresses.get(sid);
  if (!address || (local && address.settings.IsoCountry !== country.code)) {
    throw refusal(
      code,
      `Could not find Address with sid ${sid} for account ${account.sid} to satisfy ${local ? "Local " : ""}Address requirement`,
    );
  }
}

function wanted(world: World, form: Form, kind: Kind | undefined): string {
  const [phoneNumber, areaCode] = [text(form.PhoneNumber), text(form.AreaCode)];
  if (phoneNumber) {
    checkKind(phoneNumber, kind);
    return phoneNumber;
  }
  if (!areaCode) throw refusal(world.unverified.nothingToBuy, "Either PhoneNumber or AreaCode is required");
  if (kind) throw refusal(21457, "AreaCode is not supported for this kind of number");
  if (!/^[2-9]\d\d$/.test(areaCode)) throw refusal(21451, `Invalid area code: ${areaCode}`);
  const northAmerica = countries.filter(({ callingCode }) => callingCode === "1");
  const stock = northAmerica.flatMap((country) => stockOf(country, "local"));
  const free = stock.find(
    (number) => number.phoneNumber.startsWith(`+1${areaCode}`) && !isTaken(world, number.phoneNumber),
  );
  if (!free) throw refusal(21452, `No phone numbers found in area code ${areaCode}`);
  return free.phoneNumber;
}

function checkKind(phoneNumber: string, kind: Kind | undefined): void {
  if (!kind) return;
  const type = parsePhoneNumberFromString(phoneNumber)?.getType();
  const fits =
    kind === "toll_free"
      ? type === "TOLL_FREE"
      : kind === "mobile"
        ? type !== "FIXED_LINE"
        : type !== "MOBILE";
  if (!fits || (kind !== "toll_free" && type === "TOLL_FREE"))
    throw refusal(21458, `Phone number ${phoneNumber} is of another kind`);
}

export function isTaken(world: World, phoneNumber: string): boolean {
  return world.ownerOf(phoneNumber) !== undefined;
}

export function requirementOf(
  country: SandboxCountry | undefined,
  tollFree: boolean,
): SandboxNumber["addressRequirements"] {
  return tollFree || !country ? "none" : country.address;
}
