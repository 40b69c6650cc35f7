import { text } from "../http/format.ts";
import type { SandboxAccount } from "../world/account.ts";
import { channelOf } from "../world/addresses.ts";
import type { SandboxMessage, SandboxNumber } from "../world/resources.ts";
import type { World } from "../world/world.ts";
import { answersTo, callLines } from "./calls.ts";
import { describeFault, faultGroups, often, pathsSeen } from "./faultMenu.ts";
import { display, hueOf, initialOf, peopleOf, type Person } from "./people.ts";
import { panes, pathTo, locationOf, type Location } from "./location.ts";
import { samples } from "./samples.ts";
import { failures, stateOf } from "./states.ts";
import { secondOf, timeOf } from "./times.ts";

const shown = 100;

const mistakes: Record<string, string> = {
  phone:
    "Nobody can text from that. Write a number with + and the country code, like +1 501 208 0000, a short code, a name of up to 11 letters, or whatsapp:+15012080000.",
  picture: "That is not a picture, or it is larger than 5 MB.",
};

const helpers = { describeFault, display, hueOf, initialOf, stateOf, timeOf, secondOf };

/** What the handset page shows: one account, one of its customers' phones, one Twilio number. */
export function handsetPage(world: World, query: Record<string, unknown>) {
  const wanted = locationOf(query);
  const accounts = [...world.accounts.values()];
  const account = world.accounts.get(wanted.account) ?? accounts[0];
  const phones = account ? peopleOf(account) : [];
  const phone = phones.find(({ phoneNumber }) => phoneNumber === wanted.phone) ?? phones[0];
  const numbers = account ? [...account.numbers.values()] : [];
  const latest = account && phone ? numberTextedWith(account, phone) : undefined;
  const number =
    numbers.find(({ phoneNumber }) => phoneNumber === wanted.number) ??
    numbers.find(({ phoneNumber }) => phoneNumber === latest) ??
    numbers[0];
  const address = phone && number ? onChannelOf(phone, number) : "";
  const thread = account && phone && number ? threadOf(account, phone.phoneNumber, address) : [];
  return {
    ...{ accounts, account, phones, phone, numbers, number, address, thread, panes },
    ...{ active: world.faults.list(), faultGroups, often, failures, samples, paths: pathsSeen(world) },
    ...callLines(world.log, wanted),
    answers: answersTo(world.log),
    ...{ pane: wanted.pane, calls: wanted.calls, size: wanted.size },
    mistake: Object.hasOwn(mistakes, text(query.wrong)) ? mistakes[text(query.wrong)] : "",
    here: pathTo(wanted),
    linkTo: (change: Partial<Location>) => pathTo({ ...wanted, ...change }),
    ...helpers,
  };
}

function numberTextedWith({ numbers }: SandboxAccount, { last }: Person): string | undefined {
  const own = [...numbers.values()].map(({ phoneNumber }) => phoneNumber);
  const ends = [last?.from ?? "", last?.to ?? ""].map((end) => channelOf(end).phoneNumber);
  return own.find((phoneNumber) => ends.includes(phoneNumber));
}

/** The number as this person texts it: from WhatsApp to WhatsApp. */
function onChannelOf(person: Person, { phoneNumber }: SandboxNumber): string {
  const { channel } = channelOf(person.phoneNumber);
  return channel ? `${channel}:${phoneNumber}` : phoneNumber;
}

function threadOf(account: SandboxAccount, phone: string, number: string): SandboxMessage[] {
  const both = new Set([phone, number]);
  const matches = ({ from, to }: SandboxMessage) => both.has(from) && both.has(to);
  const logged = account.log.page(matches, { size: shown })?.messages ?? [];
  // Twilio's own answers to STOP and HELP reach the phone without being in the log.
  const unlogged = account.autoReplies.filter(matches);
  return [...logged.toReversed(), ...unlogged].toSorted(
    (one, other) => one.dateCreated.getTime() - other.dateCreated.getTime(),
  );
}
