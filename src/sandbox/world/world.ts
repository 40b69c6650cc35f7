import { EventEmitter } from "node:events";
import { Faults } from "../faults/faults.ts";
import type { Seed } from "../seed.ts";
import { SandboxAccount } from "./account.ts";
import { Callbacks } from "./callbacks.ts";
import { CallLog, type LoggedCall } from "./callLog.ts";
import type { Delivery } from "./delivery.ts";
import { inboundForm, statusForm } from "./forms.ts";
import { followKeyword } from "./keywords.ts";
import type { SandboxMessage } from "./resources.ts";
import { segmentsOf } from "./segments.ts";
import { newSid } from "./sids.ts";

export interface Timing {
  /** How long an outbound message stays queued, then sent, in milliseconds. */
  queuedMs: number;
  sentMs: number;
}

export interface WorldEvents {
  message: [account: SandboxAccount, message: SandboxMessage];
  delivery: [delivery: Delivery];
  call: [call: LoggedCall];
}

export interface Text {
  from: string;
  to: string;
  body: string;
}

// What carriers report; other codes are Twilio's own, for messages that never left it.
const carrierCodes = new Set([30003, 30004, 30005, 30006, 30007, 30008]);
const unreachable = 30003;

/** Everything that happens in the sandbox. */
export class World {
  readonly accounts = new Map<string, SandboxAccount>();
  readonly events = new EventEmitter<WorldEvents>();
  readonly faults = new Faults();
  readonly log = new CallLog();
  readonly #timing: Timing;
  readonly #callbacks: Callbacks;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();

  constructor(seed: Seed, timing: Timing) {
    this.#timing = timing;
    this.events.setMaxListeners(0);
    for (const account of seed.accounts.map((each) => new SandboxAccount(each)))
      this.accounts.set(account.sid, account);
    this.#callbacks = new Callbacks({
      faults: this.faults,
      closing: this.#closing.signal,
      later: (ms, action) => this.#later(ms, action),
      onDelivery: (account, delivery) => this.#delivered(account, delivery),
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
  async phoneTexts({
    from,
    to,
    body,
  }: Text): Promise<{ message: SandboxMessage; delivery: Delivery | undefined }> {
    const account = this.ownerOf(to);
    if (!account) throw new Error(`No account owns ${to}`);
    const message = draft({ from, to, body }, "inbound", "received");
    message.dateSent = message.dateCreated;
    const keyword = followKeyword(account, message);
    this.#add(account, message);
    const url = account.numberFor(to)?.settings.SmsUrl;
    // Twilio answers HELP itself and tells no webhook.
    const delivery =
      url && keyword !== "help"
        ? await this.#callbacks.deliver(account, url, inboundForm(account, message))
        : undefined;
    return { message, delivery };
  }

  /** Takes a message from the API; its further states follow by themselves. */
  send(
    account: SandboxAccount,
    { statusCallback, ...text }: Text & { statusCallback: string | undefined },
  ): SandboxMessage {
    const message = { ...draft(text, "outbound-api", "queued"), statusCallback };
    this.#add(account, message);
    const fails = this.faults.take(["messageFails"]);
    const stays = this.faults.take(["staysSent"]);
    this.#later(this.#timing.queuedMs, () => {
      message.dateSent = new Date();
      const code = fails ? (fails.code ?? unreachable) : undefined;
      if (code !== undefined && !carrierCodes.has(code))
        return this.#become(account, message, "failed", code);
      this.#become(account, message, "sent");
      if (stays) return;
      this.#later(this.#timing.sentMs, () =>
        this.#become(account, message, code ? "undelivered" : "delivered", code),
      );
    });
    return message;
  }

  /** Sends a webhook of the log once more, as it was; undefined for anything else. */
  async replay(callId: string): Promise<Delivery | undefined> {
    const call = this.log.find(callId);
    const account = call && this.accounts.get(call.accountSid);
    if (!account || call.kind !== "webhook") return undefined;
    return this.#callbacks.deliver(account, call.url, call.form);
  }

  logCall(call: Omit<LoggedCall, "id" | "at">): void {
    this.events.emit("call", this.log.add(call));
  }

  close(): void {
    this.#closing.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.events.removeAllListeners();
  }

  #add(account: SandboxAccount, message: SandboxMessage): void {
    account.log.add(message);
    this.events.emit("message", account, message);
  }

  #become(account: SandboxAccount, message: SandboxMessage, status: string, code?: number): void {
    Object.assign(message, { status, errorCode: code ?? null, dateUpdated: new Date() });
    this.events.emit("message", account, message);
    if (message.statusCallback)
      void this.#callbacks.deliver(account, message.statusCallback, statusForm(account, message));
  }

  #delivered(account: SandboxAccount, delivery: Delivery): void {
    const { url, form, headers, status, body } = delivery;
    this.logCall({
      kind: "webhook",
      accountSid: account.sid,
      method: "POST",
      url,
      status,
      requestHeaders: headers,
      form,
      answer: body,
    });
    this.events.emit("delivery", delivery);
  }

  #later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }
}

function draft(text: Text, direction: SandboxMessage["direction"], status: string): SandboxMessage {
  const now = new Date();
  const rest = {
    errorCode: null,
    media: [],
    dateCreated: now,
    dateUpdated: now,
    dateSent: null,
    statusCallback: undefined,
  };
  return { sid: newSid("SM"), ...text, direction, status, numSegments: segmentsOf(text.body), ...rest };
}
