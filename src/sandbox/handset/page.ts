import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { text } from "../api/format.ts";
import type { SandboxAccount } from "../world/account.ts";
import type { Phone, SandboxMessage } from "../world/resources.ts";
import type { World } from "../world/world.ts";

const shown = 100;

/** What the handset page shows: one account, one of its customers' phones, one Twilio number. */
export function handsetPage(world: World, query: Record<string, unknown>) {
  const accounts = [...world.accounts.values()];
  const account = world.accounts.get(text(query.account)) ?? accounts[0];
  const phones = account ? phonesOf(account) : [];
  const phone = phones.find(({ phoneNumber }) => phoneNumber === text(query.phone)) ?? phones[0];
  const numbers = account ? [...account.numbers.values()] : [];
  const talked = account?.log
    .all()
    .find((message) => numbers.length > 0 && isWith(message, phone?.phoneNumber));
  const latest = talked && (talked.direction === "inbound" ? talked.to : talked.from);
  const wanted = text(query.number) || latest;
  const number = numbers.find(({ phoneNumber }) => phoneNumber === wanted) ?? numbers[0];
  const thread = account && phone && number ? threadOf(account, phone.phoneNumber, number.phoneNumber) : [];
  const fault = text(query.fault) === "phone" ? "Enter a phone number with + and its country code." : "";
  return { accounts, account, phones, phone, numbers, number, thread, fault, display, clock, linkTo };
}

/** Phones that were given names, then everybody else who texted with the account. */
function phonesOf(account: SandboxAccount): (Phone & { last: string })[] {
  const own = new Set([...account.numbers.values()].map(({ phoneNumber }) => phoneNumber));
  const people = new Map(account.phones.map((phone) => [phone.phoneNumber, { ...phone, last: "" }]));
  for (const { from, to, body } of account.log.all().slice(0, 2_000)) {
    const other = own.has(from) ? to : from;
    const person = people.get(other) ?? { name: display(other), phoneNumber: other, last: "" };
    people.set(other, { ...person, last: person.last || body });
  }
  return [...people.values()].slice(0, 200);
}

function threadOf(account: SandboxAccount, phone: string, number: string): SandboxMessage[] {
  const both = new Set([phone, number]);
  const matches = ({ from, to }: SandboxMessage) => both.has(from) && both.has(to);
  return account.log.page(matches, shown)?.messages.toReversed() ?? [];
}

function isWith({ from, to }: SandboxMessage, phone: string | undefined): boolean {
  return from === phone || to === phone;
}

function display(phoneNumber: string): string {
  return parsePhoneNumberFromString(phoneNumber)?.formatInternational() ?? phoneNumber;
}

function clock(at: Date): string {
  return at.toISOString().slice(11, 16);
}

function linkTo(query: Record<string, string | undefined>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/?${new URLSearchParams(given).toString()}`;
}
