import twilio from "twilio";
import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import { AnswerLost, TwilioRefused, TwilioUnreachable } from "../models/errors.ts";
import { parseStatus } from "../models/messageStatus.ts";
import type { LogPage, LogQuery } from "../models/ports.ts";
import type { Credentials, Pair, TwilioMessage } from "../models/types.ts";
import { calling } from "./failures.ts";
import type { SdkFactory } from "./sdk.ts";

const api = "https://api.twilio.com";
const notFound = 20404;

export interface Outgoing extends Pair {
  body: string;
  statusCallback: string | undefined;
}

/** A message as Twilio writes it in JSON, as far as we read it. */
interface LoggedMessage {
  sid: string;
  from: string | null;
  to: string | null;
  body: string | null;
  direction: string;
  status: string;
  error_code: number | null;
  error_message: string | null;
  num_media: string | null;
  date_created: string | null;
  date_sent: string | null;
}

interface LoggedPage {
  messages?: LoggedMessage[];
  next_page_uri?: string | null;
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
    const sent = await calling("write", () => this.#sdk(credentials).messages.create(form));
    // The ends are those we asked for, however Twilio writes them.
    const message = toMessage({ ...fromInstance(sent), from: twilioNumber, to: target });
    if (message === undefined) throw new AnswerLost({ cause: "a message without ends" });
    return message;
  }

  async fetch(credentials: Credentials, sid: string): Promise<TwilioMessage | undefined> {
    try {
      const message = await calling("read", () => this.#sdk(credentials).messages(sid).fetch());
      return toMessage(fromInstance(message));
    } catch (error) {
      if (error instanceof TwilioRefused && error.code === notFound) return undefined;
      throw error;
    }
  }

  // Raw JSON instead of the SDK's pages: no thousand instances with lazy resources each, and a link that outlives a restart.
  async list(credentials: Credentials, query: LogQuery | { page: string }): Promise<LogPage> {
    const uri =
      "page" in query
        ? api + query.page
        : `${api}/2010-04-01/Accounts/${credentials.accountSid}/Messages.json`;
    const params = "page" in query ? {} : parameters(query);
    const page = await this.#get(credentials, uri, params);
    const messages = (page.messages ?? []).map(toMessage).filter((message) => message !== undefined);
    return { messages, nextPage: page.next_page_uri ?? null };
  }

  async #get(credentials: Credentials, uri: string, params: Record<string, string>): Promise<LoggedPage> {
    return calling("read", async () => {
      const answer = await this.#sdk(credentials).request({ method: "get", uri, params });
      return readPage(answer as { statusCode: number; body: unknown });
    });
  }
}

function readPage({ statusCode, body }: { statusCode: number; body: unknown }): LoggedPage {
  if (statusCode !== 200) throw new twilio.RestException({ statusCode, body: body ?? "" });
  const page = (typeof body === "string" ? JSON.parse(body) : body) as LoggedPage;
  if (!Array.isArray(page.messages)) throw new TwilioUnreachable({ cause: "a page without messages" });
  return page;
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

function fromInstance(message: MessageInstance): LoggedMessage {
  return {
    sid: message.sid,
    from: message.from,
    to: message.to,
    body: message.body,
    direction: message.direction,
    status: message.status,
    error_code: message.errorCode,
    error_message: message.errorMessage,
    num_media: message.numMedia,
    date_created: message.dateCreated?.toISOString() ?? null,
    date_sent: message.dateSent?.toISOString() ?? null,
  };
}

/** Undefined for a message without both ends: a Messaging Service is still choosing its sender. */
function toMessage(logged: LoggedMessage): TwilioMessage | undefined {
  const { from, to } = logged;
  if (!from || !to) return undefined;
  const inbound = logged.direction === "inbound";
  return {
    sid: logged.sid,
    twilioNumber: inbound ? to : from,
    target: inbound ? from : to,
    direction: inbound ? "inbound" : "outbound",
    body: logged.body ?? "",
    status: parseStatus(logged.status) ?? (inbound ? "received" : "sent"),
    errorCode: logged.error_code,
    errorMessage: logged.error_message,
    numMedia: Number(logged.num_media ?? 0),
    at: new Date(logged.date_sent ?? logged.date_created ?? Date.now()),
  };
}
