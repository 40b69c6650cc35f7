import { TooMany } from "./errors.ts";

/** How much may be done, in so many seconds. */
export interface Limit {
  points: number;
  seconds: number;
  /** For people who meet it. */
  sentence: string;
}

const minute = 60;
const day = 24 * 60 * minute;

/** What is limited, and how far where nothing else is said. */
export const usualLimits = {
  /** Failed sign-ins of one network address (IPv6: of one /64). */
  signInsFrom: {
    points: 10,
    seconds: 3 * minute,
    sentence: "That were too many attempts to sign in from your network. Wait a little, then try again.",
  },
  /** Failed sign-ins to one account, wherever from. */
  signInsTo: {
    points: 500,
    seconds: 3 * minute,
    sentence: "That were too many attempts to sign in to this account. Wait a little, then try again.",
  },
  sendsOfSession: {
    points: 60,
    seconds: minute,
    sentence:
      "That are more texts a minute than this browser may send. Your text is still here; send it a little later.",
  },
  sendsOfAccount: {
    points: 300,
    seconds: minute,
    sentence:
      "That are more texts a minute than this account may send. Your text is still here; send it a little later.",
  },
  purchases: {
    points: 10,
    seconds: day,
    sentence:
      "Ten numbers a day is all that may be bought here. Buy more in the Twilio Console, or tomorrow.",
  },
  restores: {
    points: 30,
    seconds: 60 * minute,
    sentence: "That were too many copies in an hour. Wait a little, then restore the next.",
  },
  exports: {
    points: 30,
    seconds: 60 * minute,
    sentence: "That were too many copies in an hour. Wait a little, then download the next.",
  },
  /** KiB of texts that one account is sent: about 40 texts a second all day long. */
  received: {
    points: 2 * 1024 * 1024,
    seconds: day,
    sentence: "This account has been sent more today than Parley stores in a day.",
  },
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof usualLimits;
export type LimitTable = Record<LimitName, Limit>;

export interface LimitStore {
  /** Counts the points, for all instances; returns for how many milliseconds no more are left, 0 while some are. */
  spend(name: LimitName, limit: Limit, key: string, points: number): Promise<number>;
  giveBack(name: LimitName, limit: Limit, key: string, points: number): Promise<void>;
}

/** Keeps one person from taking what everybody needs, or an account's money. */
export class Limits {
  readonly #store: { limits: LimitStore };
  readonly #table: LimitTable;

  constructor(store: { limits: LimitStore }, table: LimitTable = usualLimits) {
    this.#store = store;
    this.#table = table;
  }

  /** Throws TooMany. */
  async spend(name: LimitName, key: string, points = 1): Promise<void> {
    const limit = this.#table[name];
    const waitMs = await this.#store.limits.spend(name, limit, key, points);
    if (waitMs > 0) throw new TooMany(limit.sentence, Math.ceil(waitMs / 1_000), name);
  }

  async giveBack(name: LimitName, key: string, points = 1): Promise<void> {
    await this.#store.limits.giveBack(name, this.#table[name], key, points);
  }
}
