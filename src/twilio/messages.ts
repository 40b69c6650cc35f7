import { setImmediate as turn } from "node:timers/promises";
import { TwilioRefused } from "../models/errors.ts";
import type { LogPage, LogQuery } from "../models/chat/twilio.ts";
import type { Credentials, Pair, TwilioMessage } from "../models/types.ts";
import { calling } from "./failures.ts";
import { fromInstance, readEntry, toMessage, type LoggedMessage } from "./loggedMessage.ts";
import { inOrder } from "./logOrder.ts";
import { readPage } from "./rawPages.ts";
import type { SdkFactory } from "./sdk.ts";

const api = "https://api.twilio.com";
const notFound = 20404;
const entriesAtOnce = 100;

export interface Outgoing extends Pair {
  body: string;
  statusCallback: string | undefined;
}

export class MessageCalls {
  readonly #sdk: SdkFactory;
  readonly #onOddEntry: (error: Error) => void;
  #oddEntries = 0;

  /** `onOddEntry` hears of entries of the log that are no messages, as often as it is worth. */
  constructor(sdk: SdkFactory, onOddEntry: (error: Error) => void) {
    this.#sdk = sdk;
    this.#onOddEntry = onOddEntry;
  }

  async send(
    credentials: Credentials,
    { twilioNumber, target, body, statusCallback }: Outgoing,
  ): Promise<TwilioMessage> {
    const form = { from: twilioNumber, to: target, body, ...(statusCallback ? { statusCallback } : {}) };
    return calling("write", async () => {
      const sent = await this.#sdk(credentials).messages.create(form);
      // The ends are those we asked for, however Twilio writes them.
      const message = toMessage({ ...fromInstance(sent), from: twilioNumber, to: target });
      if (!message) throw new Error("a message without ends");
      return message;
    });
  }

  async fetch(credentials: Credentials, sid: string): Promise<TwilioMessage | undefined> {
    try {
      return await calling("read", async () =>
        toMessage(fromInstance(await this.#sdk(credentials).messages(sid).fetch())),
      );
    } catch (error) {
      if (error instanceof TwilioRefused && error.code === notFound) return undefined;
      throw error;
    }
  }

  // Raw JSON instead of the SDK's pages: half the work for a thousand messages, and a link that outlives a restart.
  async list(credentials: Credentials, query: LogQuery | { page: string }): Promise<LogPage> {
    return calling("read", async () => {
      const question = { method: "get" as const, ...address(credentials, query) };
      const answer: unknown = await this.#sdk(credentials).request(question);
      const page = readPage(answer, "messages");
      return { messages: inOrder(await this.#readAll(page.entries)), nextPage: page.nextPage };
    });
  }

  // A thousand at a stretch would hold up everything else.
  async #readAll(entries: unknown[]): Promise<TwilioMessage[]> {
    const messages: TwilioMessage[] = [];
    for (let start = 0; start < entries.length; start += entriesAtOnce) {
      const logged = entries.slice(start, start + entriesAtOnce).map((entry) => this.#read(entry));
      const read = logged.map((entry) => entry && toMessage(entry));
      messages.push(...read.filter((message) => message !== undefined));
      await turn();
    }
    return messages;
  }

  // The same one comes with every look, so it is told at the first, the second, the fourth … time.
  #read(raw: unknown): LoggedMessage | undefined {
    const logged = readEntry(raw);
    if (logged) return logged;
    this.#oddEntries += 1;
    if (Number.isInteger(Math.log2(this.#oddEntries)))
      this.#onOddEntry(new Error(`Twilio's log has had ${this.#oddEntries} entries that are no messages`));
    return undefined;
  }
}

function address({ accountSid }: Credentials, query: LogQuery | { page: string }) {
  if (!("page" in query)) {
    return { uri: `${api}/2010-04-01/Accounts/${accountSid}/Messages.json`, params: parameters(query) };
  }
  const { pathname, search } = new URL(query.page, api);
  return { uri: api + pathname + search };
}

function parameters({ from, to, sentAfter, sentBefore, pageSize }: LogQuery): Record<string, string> {
  return {
    PageSize: String(pageSize),
    ...(from ? { From: from } : {}),
    ...(to ? { To: to } : {}),
    ...(sentAfter ? { "DateSent>": toSeconds(sentAfter) } : {}),
    ...(sentBefore ? { "DateSent<": toSeconds(sentBefore) } : {}),
  };
}

function toSeconds(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}
