import { EventEmitter } from "node:events";
import type { Seed } from "../seed.ts";
import { SandboxAccount } from "./account.ts";
import { post, type Delivery } from "./delivery.ts";
import type { SandboxMessage } from "./resources.ts";
import { segmentsOf } from "./segments.ts";
import { newSid } from "./sids.ts";

export interface Timing {
  /** How long an outbound message stays in each state, in milliseconds. */
  queuedMs: number;
  sentMs: number;
}

export interface WorldEvents {
  message: [account: SandboxAccount, message: SandboxMessage];
  delivery: [delivery: Delivery];
}

const stop = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const start = new Set(["START", "YES", "UNSTOP"]);

/** Everything that happens in the sandbox. */
export class World {
  readonly accounts = new Map<string, SandboxAccount>();
  readonly events = new EventEmitter<WorldEvents>();
  readonly #timing: Timing;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(seed: Seed, timing: Timing) {
    this.#timing = timing;
    this.events.setMaxListeners(0);
    for (const account of seed.accounts.map((each) => new SandboxAccount(each)))
      this.accounts.set(account.sid, account);
  }

  /** An account's log, newest first. */
  messages(accountSid: string): SandboxMessage[] {
    return this.accounts.get(accountSid)?.log.all() ?? [];
  }

  /** A person texts a Twilio number; resolves when its webhook, if it has one, has answered. */
  async phoneTexts({
    from,
    to,
    body,
  }: {
    from: string;
    to: string;
    body: string;
  }): Promise<{ message: SandboxMessage; delivery: Delivery | undefined }> {
    const account = [...this.accounts.values()].find((each) => each.numberFor(to));
    if (!account) throw new Error(`No account owns ${to}`);
    const message = draft({ from, to, body, direction: "inbound", status: "received" });
    message.dateSent = message.dateCreated;
    this.#followKeyword(account, message);
    account.log.add(message);
    this.events.emit("message", account, message);
    const url = account.numberFor(to)?.settings.SmsUrl;
    return {
      message,
      delivery: url ? await this.#post(account, url, inboundForm(account, message)) : undefined,
    };
  }

  /** Takes a message from the API; its further states follow by themselves. */
  send(
    account: SandboxAccount,
    fields: { from: string; to: string; body: string; statusCallback: string | undefined },
  ): SandboxMessage {
    const message = {
      ...draft({ ...fields, direction: "outbound-api", status: "queued" }),
      statusCallback: fields.statusCallback,
    };
    account.log.add(message);
    this.events.emit("message", account, message);
    this.#later(this.#timing.queuedMs, () => this.#sent(account, message));
    return message;
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.events.removeAllListeners();
  }

  #sent(account: SandboxAccount, message: SandboxMessage): void {
    message.dateSent = new Date();
    this.#become(account, message, "sent");
    this.#later(this.#timing.sentMs, () => this.#become(account, message, "delivered"));
  }

  #become(account: SandboxAccount, message: SandboxMessage, status: string): void {
    message.status = status;
    message.dateUpdated = new Date();
    this.events.emit("message", account, message);
    if (message.statusCallback)
      void this.#post(account, message.statusCallback, statusForm(account, message));
  }

  async #post(account: SandboxAccount, url: string, form: Record<string, string>): Promise<Delivery> {
    const delivery = await post(account.authToken, url, form);
    this.events.emit("delivery", delivery);
    return delivery;
  }

  #followKeyword(account: SandboxAccount, { from, to, body }: SandboxMessage): void {
    const word = body.trim().toUpperCase();
    if (stop.has(word)) account.blocked.add(`${to} ${from}`);
    if (start.has(word)) account.blocked.delete(`${to} ${from}`);
  }

  #later(ms: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }
}

function draft(
  fields: Pick<SandboxMessage, "from" | "to" | "body" | "direction" | "status">,
): SandboxMessage {
  const now = new Date();
  const { from, to, body, direction, status } = fields;
  const rest = { errorCode: null, media: [], dateSent: null, statusCallback: undefined };
  return {
    sid: newSid("SM"),
    from,
    to,
    body,
    direction,
    status,
    numSegments: segmentsOf(body),
    dateCreated: now,
    dateUpdated: now,
    ...rest,
  };
}

function inboundForm(account: SandboxAccount, message: SandboxMessage): Record<string, string> {
  const { sid, from, to, body, numSegments } = message;
  const geography = Object.fromEntries(
    ["From", "To"].flatMap((end) => ["City", "State", "Zip", "Country"].map((part) => [end + part, ""])),
  );
  const sids = { MessageSid: sid, SmsSid: sid, SmsMessageSid: sid, AccountSid: account.sid };
  return {
    ...sids,
    From: from,
    To: to,
    Body: body,
    NumMedia: "0",
    NumSegments: String(numSegments),
    SmsStatus: "received",
    ApiVersion: "2010-04-01",
    ...geography,
  };
}

function statusForm(
  account: SandboxAccount,
  { sid, status, from, to, errorCode }: SandboxMessage,
): Record<string, string> {
  const form = {
    MessageSid: sid,
    SmsSid: sid,
    MessageStatus: status,
    SmsStatus: status,
    AccountSid: account.sid,
    From: from,
    To: to,
    ApiVersion: "2010-04-01",
  };
  return errorCode === null ? form : { ...form, ErrorCode: String(errorCode) };
}
