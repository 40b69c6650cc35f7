import type { SandboxMessage } from "../../src/sandbox/world/resources.ts";
import type { Message } from "../../src/models/types.ts";
import { shop } from "../../test/support/people.ts";
import { phones, twilioNumbers, type Arena } from "./arena.ts";

/** What is not as it should be; every list has a line per message. */
export interface Comparison {
  missing: string[];
  duplicated: string[];
  wrong: string[];
}

/** Holds the cache against the sandbox's log, message by message. `sent`: bodies that Parley has taken from people. */
export async function compare({ sandbox, store }: Arena, sent: Set<string>): Promise<Comparison> {
  const { cached, wrongUnread } = await read(store);
  const log = sandbox.world.messages(shop.accountSid);
  const byBody = Map.groupBy(cached, ({ body }) => body);
  const logged = Map.groupBy(log, ({ body }) => body);
  const expected = new Set([...logged.keys(), ...sent]);
  return {
    missing: [...expected].filter((body) => !byBody.has(body)),
    duplicated: [...repeated(byBody, "in the cache"), ...repeated(logged, "at Twilio")],
    wrong: [
      ...cached.flatMap((message) => differences(message, logged.get(message.body)?.[0])),
      ...wrongUnread,
    ],
  };
}

async function read(store: Arena["store"]): Promise<{ cached: Message[]; wrongUnread: string[] }> {
  const cached: Message[] = [];
  const wrongUnread: string[] = [];
  for (const twilioNumber of twilioNumbers) {
    for (const target of phones) {
      const pair = { twilioNumber, target };
      const thread = await store.messages.thread(shop.accountSid, pair, { limit: 100_000 });
      const unread = (await store.conversations.find(shop.accountSid, pair))?.unread ?? 0;
      const inbound = thread.filter(({ direction }) => direction === "inbound").length;
      if (unread !== inbound) wrongUnread.push(`${target}: ${unread} unread of ${inbound}`);
      cached.push(...thread);
    }
  }
  return { cached, wrongUnread };
}

function repeated(messages: Map<string, unknown[]>, where: string): string[] {
  return [...messages].filter(([, copies]) => copies.length > 1).map(([body]) => `${body} ${where}`);
}

function differences(cached: Message, logged: SandboxMessage | undefined): string[] {
  const has = logged ? describe(logged) : "not sent";
  const shows = cached.sid === null ? notSent(cached) : `${cached.sid} ${cached.status} ${cached.errorCode}`;
  return has === shows ? [] : [`${cached.body}: shown as ${shows}, at Twilio ${has}`];
}

function describe({ sid, status, errorCode }: SandboxMessage): string {
  return `${sid} ${status} ${errorCode}`;
}

function notSent({ status }: Message): string {
  // Twilio said no, Parley never handed it over, or Twilio's log does not have it.
  return ["refused", "unsent", "unconfirmed"].includes(status) ? "not sent" : status;
}
