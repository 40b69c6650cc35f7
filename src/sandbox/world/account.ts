import { parsePhoneNumberFromString } from "libphonenumber-js/max";

import { channelOf, nationalFormat } from "./addresses.ts";
import { pastOf } from "./history.ts";
import { newKey } from "./keys.ts";
import { MessageLog } from "./messageLog.ts";
import { priceOf } from "./prices.ts";
import type {
  Alert,
  ApiKey,
  CallerId,
  Phone,
  SandboxAddress,
  SandboxApplication,
  SandboxMessage,
  SandboxNumber,
  SandboxService,
} from "./resources.ts";
import type { SeedAccount } from "./seed.ts";
import { newSid, newToken } from "./sids.ts";

const alertsKept = 1_000;
const dayMs = 86_400_000;

export class SandboxAccount {
  readonly sid: string;
  /** The primary one: it signs webhooks. */
  authToken: string;
  /** Good for calls, as the primary one is. */
  secondaryToken: string | undefined;
  readonly testAuthToken: string;
  /** Its own SID, or that of the account which it is a subaccount of. */
  readonly ownerSid: string;
  friendlyName: string;
  readonly type: "Full" | "Trial";
  readonly trial: "legacy" | "current";
  readonly dateCreated = new Date();
  dateUpdated = this.dateCreated;
  status: "active" | "suspended" | "closed";
  readonly log = new MessageLog();
  readonly numbers = new Map<string, SandboxNumber>();
  readonly services = new Map<string, SandboxService>();
  readonly applications = new Map<string, SandboxApplication>();
  readonly addresses = new Map<string, SandboxAddress>();
  readonly keys = new Map<string, ApiKey>();
  readonly callerIds = new Map<string, CallerId>();
  readonly phones: Phone[];
  /** Newest first. */
  alerts: Alert[] = [];
  /** What Twilio answered to STOP, START and HELP by itself, where that is not in the log. */
  readonly autoReplies: SandboxMessage[] = [];
  readonly #blocked = new Set<string>();

  constructor(seed: SeedAccount, ownerSid?: string) {
    this.sid = seed.sid ?? newSid("AC");
    this.ownerSid = ownerSid ?? this.sid;
    this.authToken = seed.authToken ?? newToken();
    this.testAuthToken = seed.testAuthToken ?? newToken();
    this.friendlyName = seed.friendlyName ?? "Sandbox account";
    this.type = seed.type ?? "Full";
    this.trial = seed.trial ?? "legacy";
    this.status = seed.status ?? "active";
    this.phones = [...(seed.phones ?? [])];
    for (const phoneNumber of seed.verified ?? []) this.verify(phoneNumber, phoneNumber);
    for (const key of (seed.keys ?? []).map(newKey)) this.keys.set(key.sid, key);
    const bought = seed.numbers ?? [];
    for (const [index, { phoneNumber, friendlyName, smsUrl }] of bought.entries()) {
      const settings = { FriendlyName: friendlyName ?? nationalFormat(phoneNumber), SmsUrl: smsUrl ?? "" };
      const number = this.addNumber(phoneNumber, settings);
      // One a day, so that they have an order.
      number.dateCreated = new Date(Date.now() - (bought.length - index) * dayMs);
    }
    for (const message of pastOf(seed)) {
      message.price = priceOf(message);
      this.log.add(message);
    }
  }

  makeSecondaryToken(): string {
    return (this.secondaryToken = newToken());
  }

  /** The primary token dies. */
  promoteSecondaryToken(): void {
    this.authToken = this.secondaryToken ?? newToken();
    this.secondaryToken = undefined;
  }

  addNumber(
    phoneNumber: string,
    settings: Record<string, string>,
    addressRequirements: SandboxNumber["addressRequirements"] = "none",
  ): SandboxNumber {
    const now = new Date();
    const number: SandboxNumber = {
      sid: newSid("PN"),
      phoneNumber,
      friendlyName: settings.FriendlyName ?? phoneNumber,
      capabilities: { voice: true, sms: true, mms: phoneNumber.startsWith("+1"), fax: false },
      type: typeOf(phoneNumber),
      addressRequirements,
      dateCreated: now,
      dateUpdated: now,
      settings: { ...settings },
    };
    this.numbers.set(number.sid, number);
    return number;
  }

  /** The number behind an address, which may be on another channel: "whatsapp:+15014434496". */
  numberFor(address: string): SandboxNumber | undefined {
    const { phoneNumber } = channelOf(address);
    return [...this.numbers.values()].find((number) => number.phoneNumber === phoneNumber);
  }

  serviceOf(number: SandboxNumber): SandboxService | undefined {
    return [...this.services.values()].find(({ numbers }) => numbers.has(number.sid));
  }

  verify(phoneNumber: string, friendlyName: string): CallerId {
    const now = new Date();
    const callerId = { sid: newSid("PN"), phoneNumber, friendlyName, dateCreated: now, dateUpdated: now };
    this.callerIds.set(callerId.sid, callerId);
    return callerId;
  }

  isVerified(phoneNumber: string): boolean {
    return [...this.callerIds.values()].some((callerId) => callerId.phoneNumber === phoneNumber);
  }

  isBlocked(sender: string, recipient: string): boolean {
    return this.#blocked.has(this.#pairOf(sender, recipient));
  }

  /** A person said STOP to a number, which holds for its whole Messaging Service. */
  block(sender: string, recipient: string): void {
    this.#blocked.add(this.#pairOf(sender, recipient));
  }

  unblock(sender: string, recipient: string): void {
    this.#blocked.delete(this.#pairOf(sender, recipient));
  }

  alert(alert: Omit<Alert, "sid" | "at">): void {
    this.alerts = [{ ...alert, sid: newSid("NO"), at: new Date() }, ...this.alerts.slice(0, alertsKept - 1)];
  }

  /** SMS, MMS and RCS share their opt-outs; WhatsApp has its own. */
  #pairOf(sender: string, recipient: string): string {
    const number = this.numberFor(sender);
    const pool = (number && this.serviceOf(number)?.sid) ?? sender;
    return [pool, recipient].map((end) => end.replace(/^rcs:/, "")).join(" ");
  }
}

function typeOf(phoneNumber: string): SandboxNumber["type"] {
  const type = parsePhoneNumberFromString(phoneNumber)?.getType();
  return type === "TOLL_FREE" ? "toll_free" : type === "MOBILE" ? "mobile" : "local";
}
