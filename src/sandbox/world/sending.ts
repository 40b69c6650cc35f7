import type { Faults } from "./faults.ts";
import type { Unverified } from "./unverified.ts";
import type { SandboxAccount } from "./account.ts";
import { alertOf } from "./alerts.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Clock } from "./clock.ts";
import { newMessage } from "./newMessage.ts";
import { statusForm } from "./webhookForms.ts";
import { fetchMedia } from "./media.ts";
import { priceOf } from "./prices.ts";
import type { SandboxMessage, SandboxService } from "./resources.ts";
import { segmentsOf } from "./segments.ts";
import { SenderQueue } from "./senderQueue.ts";
import { newSid } from "./sids.ts";
import { inBackground } from "./background.ts";

export interface Outgoing {
  /** Empty when the Service shall choose. */
  from: string;
  to: string;
  body: string;
  direction: "outbound-api" | "outbound-reply";
  statusCallback?: string | undefined;
  service?: SandboxService | undefined;
  mediaUrls?: string[];
  sendAt?: Date | null;
}

export interface Timing {
  /** How long an outbound message stays queued, then sent, in milliseconds. */
  queuedMs: number;
  sentMs: number;
  /** Whether each sender sends no faster than Twilio lets it. */
  senderRates: boolean;
}

export interface SendingOptions {
  clock: Clock;
  faults: Faults;
  timing: Timing;
  unverified: Unverified;
  callbacks: Callbacks;
  onMessage: (account: SandboxAccount, message: SandboxMessage) => void;
  /** The message has reached the phone. */
  onArrival: (message: SandboxMessage) => void;
}

// What carriers report; other codes are Twilio's own, for messages that never left it.
const carrierCodes = new Set([30003, 30004, 30005, 30006, 30007, 30008]);
const unreachable = 30003;
const defaultDelayMs = 5_000;
const optedOut = 21610;

/** What becomes of a message that an account sends. */
export class Sending {
  readonly queue = new SenderQueue();
  readonly #options: SendingOptions;

  constructor(options: SendingOptions) {
    this.#options = options;
  }

  /** Takes a message; its further states follow by themselves. */
  send(account: SandboxAccount, outgoing: Outgoing): SandboxMessage {
    const { service, mediaUrls = [], sendAt = null, ...text } = outgoing;
    const message = newMessage({
      ...text,
      sid: newSid(mediaUrls.length > 0 ? "MM" : "SM"),
      status: this.#firstStatus(outgoing),
      numSegments: outgoing.from ? segmentsOf(outgoing.body) : 0,
      numMedia: mediaUrls.length,
      serviceSid: service?.sid ?? null,
      statusCallback: outgoing.statusCallback ?? service?.settings.StatusCallback,
      sendAt,
    });
    account.log.add(message);
    this.#options.onMessage(account, message);
    const wait = sendAt ? sendAt.getTime() - Date.now() : 0;
    // Never at once: the answer to its sender tells of the first state.
    this.#options.clock.later(Math.max(wait, 0), () =>
      inBackground(this.#start(account, message, service, mediaUrls)),
    );
    return message;
  }

  /** Calls a scheduled message off; false when it is too late. */
  cancel(account: SandboxAccount, message: SandboxMessage): boolean {
    if (message.status !== "scheduled") return false;
    this.#become(account, message, "canceled");
    return true;
  }

  #firstStatus({ from, service, sendAt }: Outgoing): string {
    if (sendAt) return "scheduled";
    if (!service) return "queued";
    return from === "" ? "accepted" : this.#options.unverified.senderAndService;
  }

  async #start(
    account: SandboxAccount,
    message: SandboxMessage,
    service: SandboxService | undefined,
    mediaUrls: string[],
  ): Promise<void> {
    const { clock, timing } = this.#options;
    if (message.status === "canceled") return;
    if (service && message.from === "") {
      const sender = chooseSender(account, service, message.to);
      if (sender === undefined) return this.#become(account, message, "failed", 21704);
      Object.assign(message, { from: sender, numSegments: segmentsOf(message.body) });
      if (account.isBlocked(sender, message.to)) return this.#become(account, message, "failed", optedOut);
    }
    if (message.status !== "queued") this.#become(account, message, "queued");
    const unreadable = await fetchMedia(message, mediaUrls, clock.closing);
    if (unreadable !== null) return this.#become(account, message, "failed", unreadable);
    const turn = timing.senderRates ? this.queue.turn(message.from, message.to, message.numSegments) : 0;
    clock.later(turn + timing.queuedMs, () => this.#leave(account, message));
  }

  #leave(account: SandboxAccount, message: SandboxMessage): void {
    const { faults, clock, timing, unverified, onArrival } = this.#options;
    const fails = faults.take(["messageFails"], addressOf(message));
    const stays = faults.take(["staysSent"], addressOf(message));
    const code = fails ? (fails.code ?? unreachable) : undefined;
    if (unverified.sendingCallback) this.#become(account, message, "sending");
    message.dateSent = new Date();
    account.log.move(message);
    if (code !== undefined && !carrierCodes.has(code)) return this.#become(account, message, "failed", code);
    message.price = priceOf(message);
    this.#become(account, message, "sent");
    if (stays) return;
    clock.later(timing.sentMs, () => {
      this.#become(account, message, code ? "undelivered" : "delivered", code);
      if (!code) onArrival(message);
    });
  }

  #become(account: SandboxAccount, message: SandboxMessage, status: string, code?: number): void {
    Object.assign(message, { status, errorCode: code ?? null, dateUpdated: new Date() });
    this.#options.onMessage(account, message);
    const form = statusForm(account, message);
    if (code !== undefined) this.#logLate(account, message, code);
    const url = this.#callbackUrl(account, message);
    if (!url) return;
    const told = this.#options.callbacks.deliver(account, { url, method: "POST", form }).then((delivery) => {
      if (delivery && delivery.errorCode !== null) alertOf(account, delivery, delivery.errorCode, "warning");
    });
    inBackground(told);
  }

  #logLate(account: SandboxAccount, message: SandboxMessage, code: number): void {
    const { faults, clock, onMessage } = this.#options;
    const late = faults.take(["codeLoggedLate"], addressOf(message));
    if (!late) return;
    message.errorCode = null;
    clock.later(late.ms ?? defaultDelayMs, () => {
      Object.assign(message, { errorCode: code, dateUpdated: new Date() });
      onMessage(account, message);
    });
  }

  #callbackUrl(account: SandboxAccount, message: SandboxMessage): string | undefined {
    const { from, statusCallback } = message;
    if (!statusCallback || !this.#options.faults.take(["callbackToSmsUrl"], addressOf(message)))
      return statusCallback;
    return account.numberFor(from)?.settings.SmsUrl || statusCallback;
  }
}

/** What the path of a message's fault is held against: it may name the recipient. */
function addressOf({ to }: SandboxMessage): string {
  return `POST /Messages.json ${to}`;
}

/** A recipient hears from the same number each time; a sender of their own country is preferred. */
function chooseSender(account: SandboxAccount, service: SandboxService, to: string): string | undefined {
  const pool = [...service.numbers.keys()]
    .map((sid) => account.numbers.get(sid)?.phoneNumber)
    .filter((phoneNumber) => phoneNumber !== undefined);
  const sticky = service.settings.StickySender === "false" ? undefined : service.sticky.get(to);
  const near = pool.find((phoneNumber) => phoneNumber.slice(0, 3) === to.slice(0, 3));
  const sender = pool.find((phoneNumber) => phoneNumber === sticky) ?? near ?? pool[0];
  if (sender !== undefined) service.sticky.set(to, sender);
  return sender ?? [...service.alphaSenders.values()][0]?.alphaSender;
}
