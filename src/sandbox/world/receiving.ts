import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Unverified } from "../unverified.ts";
import type { SandboxAccount } from "./account.ts";
import { alertOf } from "./alerts.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Delivery, WebhookRequest } from "./delivery.ts";
import { newMessage, type NewMedia } from "./draft.ts";
import { inboundForm } from "./forms.ts";
import { followKeyword } from "./keywords.ts";
import { priceOf } from "./prices.ts";
import type { SandboxMessage, SandboxNumber, SandboxService } from "./resources.ts";
import { readTwiml, type Reply } from "./twiml.ts";
import { unawaited } from "./unawaited.ts";

export interface Text {
  from: string;
  to: string;
  body: string;
  media?: NewMedia[];
}

export interface ReceivingOptions {
  callbacks: Callbacks;
  unverified: Unverified;
  onMessage: (account: SandboxAccount, message: SandboxMessage) => void;
  reply: (account: SandboxAccount, inbound: SandboxMessage, reply: Reply) => void;
}

interface Hook {
  url: string;
  method: "GET" | "POST";
  fallbackUrl: string;
  fallbackMethod: "GET" | "POST";
}

const mostDocuments = 50;
const longestBody = 1_600;
const loopWindowMs = 30_000;
const mostRepliesInWindow = 15;
const badAddress = 11100;
const tooManyDocuments = 14106;
const replyLoop = 14107;
const unusableType = 12300;
const warnings = new Set([12200]);

/** What becomes of a text that somebody sends to a Twilio number. */
export class Receiving {
  readonly #options: ReceivingOptions;
  readonly #repliesAt = new Map<string, number[]>();

  constructor(options: ReceivingOptions) {
    this.#options = options;
  }

  /** Resolves when the webhook, if there is one, has answered or a fault has swallowed it. A Service that takes no texts leaves no trace of them. */
  async receive(
    account: SandboxAccount,
    number: SandboxNumber,
    { from, to, body, media }: Text,
  ): Promise<{ message: SandboxMessage; delivery: Delivery | undefined }> {
    const service = account.serviceOf(number);
    const hook = hookOf(number, service);
    const message = newMessage({
      from,
      to,
      body,
      direction: "inbound",
      status: "received",
      attachments: media ?? [],
      serviceSid: service?.sid ?? null,
    });
    if (!hook) {
      // STOP counts also where nobody is told.
      followKeyword(account, message);
      return { message, delivery: undefined };
    }
    message.price = priceOf(message);
    const dated = hook.url !== "" || this.#options.unverified.inboundDateSentWithoutWebhook;
    message.dateSent = dated ? message.dateCreated : null;
    account.log.add(message);
    const effect = followKeyword(account, message);
    this.#options.onMessage(account, message);
    if (effect?.reply) this.#answerKeyword(account, message, effect.reply);
    // Twilio answers HELP itself and tells no webhook.
    const tells = hook.url !== "" && effect?.keyword !== "help";
    return { message, delivery: tells ? await this.#tell(account, message, hook) : undefined };
  }

  async #tell(account: SandboxAccount, message: SandboxMessage, hook: Hook): Promise<Delivery | undefined> {
    const form = inboundForm(account, message);
    const follow = (delivery: Delivery) => this.#follow(account, message, hook, delivery);
    const request = { url: hook.url, method: hook.method, form };
    const delivery = await this.#options.callbacks.deliver(account, request, (late) =>
      unawaited(follow(late)),
    );
    if (delivery) await follow(delivery);
    return delivery;
  }

  async #follow(
    account: SandboxAccount,
    message: SandboxMessage,
    hook: Hook,
    delivery: Delivery,
  ): Promise<void> {
    const fault = await this.#execute(account, message, delivery, 1);
    if (fault === null || warnings.has(fault) || hook.fallbackUrl === "") return;
    const form = {
      ...inboundForm(account, message),
      ErrorCode: String(fault),
      ErrorUrl: delivery.url,
    };
    const request = { url: hook.fallbackUrl, method: hook.fallbackMethod, form };
    const second = await this.#options.callbacks.deliver(account, request);
    if (second) await this.#execute(account, message, second, 1);
  }

  /** Does what the answer says; resolves with Twilio's code for what was wrong with it. */
  async #execute(
    account: SandboxAccount,
    message: SandboxMessage,
    delivery: Delivery,
    documents: number,
  ): Promise<number | null> {
    const noted = (code: number) => {
      alertOf(account, delivery, code, warnings.has(code) ? "warning" : "error");
      return code;
    };
    if (delivery.errorCode !== null) return noted(delivery.errorCode);
    const type = delivery.contentType.split(";")[0]?.trim().toLowerCase() ?? "";
    if (delivery.body === "")
      return this.#options.unverified.emptyAnswer === "fine" ? null : noted(unusableType);
    if (type === "text/plain") return this.#reply(account, message, [plain(delivery.body)], noted);
    if (!["text/xml", "application/xml", "text/html"].includes(type)) return noted(unusableType);
    const { replies, redirect, fault } = readTwiml(delivery.body);
    if (fault !== undefined) noted(fault);
    if (fault !== undefined && fault < 12200) return fault;
    const refused = this.#reply(account, message, replies, noted);
    if (refused !== null || !redirect) return refused;
    if (documents >= mostDocuments) return noted(tooManyDocuments);
    if (!URL.canParse(redirect.url, delivery.url)) return noted(badAddress);
    const next: WebhookRequest = {
      url: new URL(redirect.url, delivery.url).href,
      method: redirect.method.toUpperCase() === "GET" ? "GET" : "POST",
      form: inboundForm(account, message),
    };
    const answer = await this.#options.callbacks.deliver(account, next);
    return answer ? this.#execute(account, message, answer, documents + 1) : null;
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
      if (this.#isLoop(`${message.to} ${message.from}`)) return noted(replyLoop);
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

  #answerKeyword(account: SandboxAccount, { from, to }: SandboxMessage, body: string): void {
    const answer = newMessage({
      from: to,
      to: from,
      body,
      direction: "outbound-reply",
      status: "delivered",
      dateSent: new Date(),
    });
    if (this.#options.unverified.autoRepliesLogged) account.log.add(answer);
    else account.autoReplies.push(answer);
    this.#options.onMessage(account, answer);
  }
}

/** Twilio's code for a reply that cannot be sent as it is written. */
function faultOf(account: SandboxAccount, { to, from, body }: Reply): number | undefined {
  if (to !== undefined && !parsePhoneNumberFromString(to)?.isValid()) return 14101;
  if (from !== undefined && !account.numberFor(from)) return 14102;
  return body.length > longestBody ? 14103 : undefined;
}

function plain(body: string): Reply {
  return { to: undefined, from: undefined, statusCallback: undefined, media: [], body };
}

/** Where a number's texts are told: its Service wins unless that leaves it to the number; undefined when the Service takes none. */
function hookOf(number: SandboxNumber, service: SandboxService | undefined): Hook | undefined {
  const own = number.settings;
  if (!service || service.settings.UseInboundWebhookOnNumber === "true") {
    return {
      url: own.SmsUrl ?? "",
      method: methodOf(own.SmsMethod),
      fallbackUrl: own.SmsFallbackUrl ?? "",
      fallbackMethod: methodOf(own.SmsFallbackMethod),
    };
  }
  const pool = service.settings;
  if (!pool.InboundRequestUrl) return undefined;
  return {
    url: pool.InboundRequestUrl,
    method: methodOf(pool.InboundMethod),
    fallbackUrl: pool.FallbackUrl ?? "",
    fallbackMethod: methodOf(pool.FallbackMethod),
  };
}

function methodOf(value: string | undefined): "GET" | "POST" {
  return value?.toUpperCase() === "GET" ? "GET" : "POST";
}
