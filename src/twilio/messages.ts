import twilio from "twilio";
import { TwilioRefused } from "../models/errors.ts";
import type { LogPage, LogQuery } from "../models/chat/twilio.ts";
import type { Credentials, Pair, TwilioMessage } from "../models/types.ts";
import { calling } from "./failures.ts";
import { fromInstance, toMessage, type LoggedMessage } from "./loggedMessage.ts";
import type { SdkFactory } from "./sdk.ts";

const api = "https://api.twilio.com";
const notFound = 20404;

export interface Outgoing extends Pair {
  body: string;
  statusCallback: string | undefined;
}

interface LoggedPage {
  messages: LoggedMessage[];
  next_page_uri?: string | null;
}

interface RawAnswer {
  statusCode: number;
  body: unknown;
}

export class MessageCalls {
  readonly #sdk: SdkFactory;

  constructor(sdk: SdkFactory) {
    this.#sdk = sdk;
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
      const page = readPage((await this.#sdk(credentials).request(question)) as RawAnswer);
      const messages = page.messages.map(toMessage).filter((message) => message !== undefined);
      return { messages: inOrder(messages), nextPage: page.next_page_uri ?? null };
    });
  }
}

// Twilio's times have whole seconds; within one the log's order, newest first, tells which came before.
function inOrder(messages: TwilioMessage[]): TwilioMessage[] {
  let [second, place] = [NaN, 0];
  return messages
    .toReversed()
    .map((message) => {
      if (message.at === null) return message;
      const at = message.at.getTime();
      place = at === second ? place + 1 : 0;
      second = at;
      return { ...message, at: new Date(at + Math.min(place, 999)) };
    })
    .toReversed();
}

function address({ accountSid }: Credentials, query: LogQuery | { page: string }) {
  if (!("page" in query)) {
    return { uri: `${api}/2010-04-01/Accounts/${accountSid}/Messages.json`, params: parameters(query) };
  }
  const { pathname, search } = new URL(query.page, api);
  return { uri: api + pathname + search };
}

function readPage({ statusCode, body }: RawAnswer): LoggedPage {
  if (statusCode !== 200) throw new twilio.RestException({ statusCode, body: body ?? "" });
  const page = (typeof body === "string" ? JSON.parse(body) : body) as Partial<LoggedPage> | null;
  if (!Array.isArray(page?.messages)) throw new Error("a page without messages");
  return { ...page, messages: page.messages };
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
