import { EventEmitter } from "node:events";
import { Faults } from "./faults.ts";
import type { Seed } from "./seed.ts";
import { unverifiedSchema, type Unverified } from "./unverified.ts";
import { SandboxAccount } from "./account.ts";
import { alertOf } from "./alerts.ts";
import { Callbacks } from "./callbacks.ts";
import { CallLog, type LoggedCall } from "./callLog.ts";
import { Clock } from "./clock.ts";
import type { Delivery, WebhookRequest } from "./delivery.ts";
import type { Text } from "./inboundText.ts";
import { Receiving } from "./receiving.ts";
import type { SandboxMessage } from "./resources.ts";
import { Sending, type Outgoing, type Timing } from "./sending.ts";
import type { Reply } from "./twiml.ts";
import { inBackground } from "./background.ts";

export interface WorldEvents {
  message: [account: SandboxAccount, message: SandboxMessage];
  delivery: [delivery: Delivery];
  call: [call: LoggedCall];
  faults: [];
}

const notVerified = 14111;
const optedOut = 21610;

/** Everything that happens in the sandbox. */
export class World {
  readonly accounts = new Map<string, SandboxAccount>();
  readonly events = new EventEmitter<WorldEvents>();
  readonly faults = new Faults(() => void this.events.emit("faults"));
  readonly log = new CallLog();
  readonly unverified: Unverified;
  readonly sending: Sending;
  /** What the log's webhooks were sent with, credentials included, for as long as the log has them. */
  readonly #requests = new WeakMap<LoggedCall, WebhookRequest>();
  readonly #clock = new Clock();
  readonly #callbacks: Callbacks;
  readonly #receiving: Receiving;

  constructor(seed: Seed, timing: Timing) {
    this.unverified = unverifiedSchema.parse(seed.unverified ?? {});
    this.events.setMaxListeners(0);
    for (const account of seed.accounts.map((each) => new SandboxAccount(each)))
      this.accounts.set(account.sid, account);
    const { faults, unverified } = this;
    const clock = this.#clock;
    const onMessage = (account: SandboxAccount, message: SandboxMessage) =>
      void this.events.emit("message", account, message);
    this.#callbacks = new Callbacks({
      faults,
      unverified,
      clock,
      onDelivery: (...delivered) => this.#delivered(...delivered),
    });
    const callbacks = this.#callbacks;
    this.sending = new Sending({
      faults,
      unverified,
      clock,
      timing,
      callbacks,
      onMessage,
      onArrival: (message) => this.#arrive(message),
    });
    this.#receiving = new Receiving({
      unverified,
      callbacks,
      onMessage,
      reply: (account, inbound, reply) => this.#reply(account, inbound, reply),
    });
  }

  /** An account's log, newest first. */
  messages(accountSid: string): SandboxMessage[] {
    return this.accounts.get(accountSid)?.log.all() ?? [];
  }

  ownerOf(phoneNumber: string): SandboxAccount | undefined {
    return [...this.accounts.values()].find((account) => account.numberFor(phoneNumber));
  }

  /** A person texts a Twilio number; resolves when its webhook, if it has one, has answered or a fault has swallowed it. */
  async phoneTexts(text: Text): Promise<{ message: SandboxMessage; delivery: Delivery | undefined }> {
    const account = this.ownerOf(text.to);
    const number = account?.numberFor(text.to);
    if (!account || !number) throw new Error(`No account owns ${text.to}`);
    return this.#receiving.receive(account, number, text);
  }

  subaccountsOf({ sid }: SandboxAccount): SandboxAccount[] {
    return [...this.accounts.values()].filter((account) => account.ownerSid === sid && account.sid !== sid);
  }

  openSubaccount(owner: SandboxAccount, friendlyName: string): SandboxAccount {
    const account = new SandboxAccount({ friendlyName, type: owner.type, trial: owner.trial }, owner.sid);
    this.accounts.set(account.sid, account);
    return account;
  }

  /** Posts any form to anybody, signed as the account's webhooks are; undefined when a fault has swallowed it. */
  async post(account: SandboxAccount, request: WebhookRequest): Promise<Delivery | undefined> {
    return this.#callbacks.deliver(account, request);
  }

  /** Sends a webhook of the log once more, as it was; undefined for anything else. */
  async replay(callId: string): Promise<Delivery | undefined> {
    const call = this.log.find(callId);
    const account = call && this.accounts.get(call.accountSid);
    if (!account || call.kind !== "webhook") return undefined;
    const request = this.#requests.get(call);
    return request && this.#callbacks.deliver(account, request);
  }

  logCall(call: Omit<LoggedCall, "id" | "at">): LoggedCall {
    const logged = this.log.add(call);
    this.events.emit("call", logged);
    return logged;
  }

  close(): void {
    this.#clock.stop();
    this.events.removeAllListeners();
  }

  /** Answers what a webhook told it to, if the recipient may be texted. */
  #reply(account: SandboxAccount, inbound: SandboxMessage, { to, from, ...reply }: Reply): void {
    const outgoing: Outgoing = {
      from: from ?? inbound.to,
      to: to ?? inbound.from,
      direction: "outbound-reply",
      body: reply.body,
      mediaUrls: reply.media,
      statusCallback: reply.statusCallback,
    };
    const refusal = account.isBlocked(outgoing.from, outgoing.to)
      ? optedOut
      : account.type === "Trial" && !account.isVerified(outgoing.to)
        ? notVerified
        : undefined;
    if (refusal === undefined) return void this.sending.send(account, outgoing);
    const call = this.log.list().find(({ form }) => form.MessageSid === inbound.sid);
    alertOf(account, deliveryLike(call), refusal, "error");
  }

  /** A text to a number that one of our accounts owns arrives there. */
  #arrive({ from, to, body, media }: SandboxMessage): void {
    if (this.ownerOf(to)) inBackground(this.phoneTexts({ from, to, body, media }));
  }

  #delivered(account: SandboxAccount, delivery: Delivery, request: WebhookRequest): void {
    const { method, url, form, headers, status, body } = delivery;
    const { Authorization: secret, ...shown } = headers;
    const logged = this.logCall({
      kind: "webhook",
      accountSid: account.sid,
      method,
      url,
      status,
      requestHeaders: secret ? { ...shown, Authorization: "Basic …" } : shown,
      form,
      answer: body,
    });
    this.#requests.set(logged, request);
    this.events.emit("delivery", delivery);
  }
}

/** A webhook of the log that was answered, as it was delivered. */
function deliveryLike(call: LoggedCall | undefined): Delivery {
  return {
    method: call?.method === "GET" ? "GET" : "POST",
    url: call?.url ?? "",
    form: call?.form ?? {},
    headers: call?.requestHeaders ?? {},
    status: 200,
    contentType: "",
    answerHeaders: {},
    body: call?.answer ?? "",
    unconnected: false,
    errorCode: null,
  };
}
