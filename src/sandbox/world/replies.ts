import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Unverified } from "./unverified.ts";
import type { SandboxAccount } from "./account.ts";
import { alertOf } from "./alerts.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Delivery, WebhookRequest } from "./delivery.ts";
import { inboundForm } from "./webhookForms.ts";
import type { SandboxMessage } from "./resources.ts";
import { readTwiml, type Reply } from "./twiml.ts";
import { isWarning, webhookFaults } from "./webhookFaults.ts";

export interface ReplyOptions {
  callbacks: Callbacks;
  unverified: Unverified;
  reply: (account: SandboxAccount, inbound: SandboxMessage, reply: Reply) => void;
}

const mostDocuments = 50;
const longestBody = 1_600;
const loopWindowMs = 30_000;
const mostRepliesInWindow = 15;

/** What a webhook answers to a text, and what becomes of it. */
export class Replies {
  readonly #options: ReplyOptions;
  readonly #repliesAt = new Map<string, number[]>();

  constructor(options: ReplyOptions) {
    this.#options = options;
  }

  /** Does what the answer says; resolves with Twilio's code for what was wrong with it. */
  async follow(
    account: SandboxAccount,
    message: SandboxMessage,
    delivery: Delivery,
    documents = 1,
  ): Promise<number | null> {
    const noted = (code: number) => {
      alertOf(account, delivery, code, isWarning(code) ? "warning" : "error");
      return code;
    };
    if (delivery.errorCode !== null) return noted(delivery.errorCode);
    const type = delivery.contentType.split(";")[0]?.trim().toLowerCase() ?? "";
    if (delivery.body === "")
      return this.#options.unverified.emptyAnswer === "fine" ? null : noted(webhookFaults.unusableType);
    if (type === "text/plain") return this.#reply(account, message, [plain(delivery.body)], noted);
    if (!["text/xml", "application/xml", "text/html"].includes(type))
      return noted(webhookFaults.unusableType);
    const { replies, redirect, fault } = readTwiml(delivery.body);
    if (fault !== undefined) noted(fault);
    if (fault !== undefined && fault < webhookFaults.unknownElement) return fault;
    const refused = this.#reply(account, message, replies, noted);
    if (refused !== null || !redirect) return refused;
    if (documents >= mostDocuments) return noted(webhookFaults.tooManyDocuments);
    if (!URL.canParse(redirect.url, delivery.url)) return noted(webhookFaults.badAddress);
    const next: WebhookRequest = {
      url: new URL(redirect.url, delivery.url).href,
      method: redirect.method.toUpperCase() === "GET" ? "GET" : "POST",
      form: inboundForm(account, message),
    };
    const answer = await this.#options.callbacks.deliver(account, next);
    return answer ? this.follow(account, message, answer, documents + 1) : null;
  }

  #reply(
    account: SandboxAccount,
    message: SandboxMessage,
    replies: Reply[],
    noted: (code: number) => number,
  ): number | null {
    for (const reply of replies) {
      if (reply.body === "" && reply.media.length === 0) continue;
      const fault = faultOf(account, reply);
      if (fault !== undefined) return noted(fault);
      if (this.#isLoop(`${message.to} ${message.from}`)) return noted(webhookFaults.replyLoop);
      this.#options.reply(account, message, reply);
    }
    return null;
  }

  // Two numbers that answer one another would never stop.
  #isLoop(pair: string): boolean {
    const now = Date.now();
    const recent = (this.#repliesAt.get(pair) ?? []).filter((at) => now - at < loopWindowMs);
    this.#repliesAt.set(pair, [...recent, now]);
    return recent.length >= mostRepliesInWindow;
  }
}

/** Twilio's code for a reply that cannot be sent as it is written. */
function faultOf(account: SandboxAccount, { to, from, body }: Reply): number | undefined {
  if (to !== undefined && !parsePhoneNumberFromString(to)?.isValid()) return webhookFaults.replyToWrongNumber;
  if (from !== undefined && !account.numberFor(from)) return webhookFaults.replyFromWrongNumber;
  return body.length > longestBody ? webhookFaults.replyTooLong : undefined;
}

function plain(body: string): Reply {
  return { to: undefined, from: undefined, statusCallback: undefined, media: [], body };
}
