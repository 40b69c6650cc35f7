import type { SeedAccount, SeedMessage } from "../seed.ts";
import { segmentsOf } from "./segments.ts";
import { MessageLog } from "./messageLog.ts";
import type { Phone, SandboxMessage, SandboxNumber } from "./resources.ts";
import { newSid, newToken } from "./sids.ts";

const minute = 60_000;

export class SandboxAccount {
  readonly sid: string;
  readonly authToken: string;
  readonly testAuthToken: string;
  readonly friendlyName: string;
  readonly type: "Full" | "Trial";
  readonly dateCreated = new Date();
  status: "active" | "suspended" | "closed";
  readonly log = new MessageLog();
  readonly numbers = new Map<string, SandboxNumber>();
  readonly phones: Phone[];
  readonly verified: Set<string>;
  /** "sender recipient" pairs that said STOP. */
  readonly blocked = new Set<string>();

  constructor(seed: SeedAccount) {
    this.sid = seed.sid ?? newSid("AC");
    this.authToken = seed.authToken ?? newToken();
    this.testAuthToken = seed.testAuthToken ?? newToken();
    this.friendlyName = seed.friendlyName ?? "Sandbox account";
    this.type = seed.type ?? "Full";
    this.status = seed.status ?? "active";
    this.phones = [...(seed.phones ?? [])];
    this.verified = new Set(seed.verified);
    for (const { phoneNumber, friendlyName, smsUrl } of seed.numbers ?? []) {
      this.addNumber(phoneNumber, { FriendlyName: friendlyName ?? phoneNumber, SmsUrl: smsUrl ?? "" });
    }
    for (const message of seed.messages ?? []) this.log.add(past(message));
    for (const message of madeUp(seed)) this.log.add(message);
  }

  addNumber(phoneNumber: string, settings: Record<string, string>, type = "local"): SandboxNumber {
    const now = new Date();
    const { FriendlyName = phoneNumber } = settings;
    const number: SandboxNumber = {
      sid: newSid("PN"),
      phoneNumber,
      friendlyName: FriendlyName,
      capabilities: { voice: true, sms: true, mms: phoneNumber.startsWith("+1"), fax: false },
      type,
      dateCreated: now,
      dateUpdated: now,
      settings: { ...settings },
    };
    this.numbers.set(number.sid, number);
    return number;
  }

  numberFor(phoneNumber: string): SandboxNumber | undefined {
    return [...this.numbers.values()].find((number) => number.phoneNumber === phoneNumber);
  }
}

function past({ from, to, body, direction, status, minutesAgo = 0, errorCode }: SeedMessage): SandboxMessage {
  const at = new Date(Date.now() - minutesAgo * minute);
  return {
    sid: newSid("SM"),
    from,
    to,
    body,
    direction,
    status: status ?? (direction === "inbound" ? "received" : "delivered"),
    errorCode: errorCode ?? null,
    numSegments: segmentsOf(body),
    media: [],
    dateCreated: at,
    dateUpdated: at,
    dateSent: at,
    statusCallback: undefined,
  };
}

function madeUp({ history, numbers = [], phones = [] }: SeedAccount): SandboxMessage[] {
  const count = numbers.length === 0 ? 0 : (history?.messages ?? 0);
  return Array.from({ length: count }, (_, index) => {
    const minutesAgo = count - index;
    const own = numbers[index % numbers.length]?.phoneNumber ?? "";
    const phone =
      phones[index % Math.max(phones.length, 1)]?.phoneNumber ??
      `+1501555${String(index % 10_000).padStart(4, "0")}`;
    const inbound = index % 2 === 0;
    const [from, to] = inbound ? [phone, own] : [own, phone];
    return past({
      from,
      to,
      body: `Message ${index + 1} of ${count}`,
      direction: inbound ? "inbound" : "outbound-api",
      minutesAgo,
    });
  });
}
