import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SandboxAccount } from "../world/account.ts";
import { channelOf } from "../world/addresses.ts";
import type { Phone, SandboxMessage } from "../world/resources.ts";

export interface Person extends Phone {
  last: SandboxMessage | undefined;
}

const hues = 12;
const searched = 2_000;
const shown = 200;

/** Phones that were given names, then everybody else who texted with the account. */
export function peopleOf(account: SandboxAccount): Person[] {
  const own = new Set([...account.numbers.values()].map(({ phoneNumber }) => phoneNumber));
  const people = new Map<string, Person>(
    account.phones.map((phone) => [phone.phoneNumber, { ...phone, last: undefined }]),
  );
  for (const message of account.log.page(() => true, { size: searched })?.messages ?? []) {
    const other = own.has(channelOf(message.from).phoneNumber) ? message.to : message.from;
    const person = people.get(other) ?? { name: "", phoneNumber: other, last: undefined };
    people.set(other, { ...person, last: person.last ?? message });
  }
  return [...people.values()].slice(0, shown);
}

export function display(address: string): string {
  const { channel, phoneNumber } = channelOf(address);
  const shown = parsePhoneNumberFromString(phoneNumber)?.formatInternational() ?? phoneNumber;
  return channel ? `${shown} · ${channel}` : shown;
}

/** One of twelve hue classes, always the same for a number. */
export function hueOf(phoneNumber: string): string {
  const sum = [...phoneNumber].reduce((total, sign, index) => total + sign.charCodeAt(0) * (index + 7), 0);
  return `hue-${sum % hues}`;
}

/** The first letter of a name; empty for a phone that has only its number. */
export function initialOf({ name }: Phone): string {
  const [first = ""] = name.trim();
  return /\p{L}/u.test(first) ? first.toLocaleUpperCase() : "";
}
