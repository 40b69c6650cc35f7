import { setTimeout as wait } from "node:timers/promises";
import type { Accounts } from "../account/accounts.ts";
import { AnswerLost, ParleyError, StoreUnavailable, TwilioRefused } from "../errors.ts";
import type { OptOuts } from "./optOuts.ts";
import type { Store, TwilioApi } from "../ports.ts";
import { isText } from "./sameText.ts";
import type { Message, TwilioMessage } from "../types.ts";

export interface DeliveryOptions {
  /** Where Twilio shall post status callbacks; undefined without a public address. */
  statusCallback: string | undefined;
  /** Pauses between looks at Twilio's log when an answer was lost, in milliseconds. */
  checkDelays: number[];
  /** Told about what nobody waits for. */
  onError: (error: unknown) => void;
}

// Twilio's log may lag behind by minutes, so "not there" counts only after five of them.
export const defaultCheckDelays = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 90_000, 90_000];

/** Why a message counts as not sent without a word from Twilio. */
export const neverConfirmed =
  "Twilio never confirmed this message and does not have it in its log, so it was not sent.";

const optedOut = 21610;
const clockSlackMs = 5_000;

/** Hands our messages to Twilio and finds out what became of them. */
export class Deliveries {
  readonly #store: Store;
  readonly #twilio: TwilioApi;
  readonly #accounts: Accounts;
  readonly #optOuts: OptOuts;
  readonly #options: DeliveryOptions;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(
    store: Store,
    twilio: TwilioApi,
    accounts: Accounts,
    optOuts: OptOuts,
    options: DeliveryOptions,
  ) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.#optOuts = optOuts;
    this.#options = options;
  }

  /** Calls Twilio once, never again by itself, after the pair's earlier messages. Resolves when the message has an answer or is `checking`. */
  deliver(accountSid: string, message: Message): Promise<void> {
    const queue = `${accountSid} ${message.twilioNumber} ${message.target}`;
    const before = this.#queues.get(queue) ?? Promise.resolve();
    const delivered = this.#track(
      message.id,
      before.then(() => this.#deliver(accountSid, message)),
    );
    this.#queues.set(queue, delivered);
    void delivered.then(() => {
      if (this.#queues.get(queue) === delivered) this.#queues.delete(queue);
    });
    return delivered;
  }

  /** Messages that an earlier process left without an answer are looked up in Twilio's log. */
  async settleOrphans(accountSid: string, olderThanMs: number): Promise<void> {
    const inFlight = await this.#store.messages.inFlight(accountSid);
    const oldEnough = inFlight.filter((message) => Date.now() - message.at.getTime() > olderThanMs);
    for (const message of oldEnough.filter(({ id }) => !this.#underWay.has(id))) {
      await this.#store.messages.mark(accountSid, message.id, "checking");
      void this.#track(message.id, this.#settle(accountSid, message));
    }
  }

  /** Lets calls under way end and gives up on looking for lost answers, which the next start takes up. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#underWay.values());
  }

  async #deliver(accountSid: string, message: Message): Promise<void> {
    const accepted = await this.#hand(accountSid, message).catch((error: unknown) =>
      this.#answer(accountSid, message, error),
    );
    if (!accepted) return;
    try {
      await this.#store.messages.accept(accountSid, message.id, accepted);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      // Twilio has it, whatever our storage says: it is found in Twilio's log once the storage is back.
      void this.#track(message.id, this.#settle(accountSid, message));
    }
  }

  async #hand(accountSid: string, { twilioNumber, target, body }: Message): Promise<TwilioMessage> {
    const credentials = await this.#accounts.credentials(accountSid);
    const { statusCallback } = this.#options;
    return this.#twilio.sendMessage(credentials, { twilioNumber, target, body, statusCallback });
  }

  async #answer(accountSid: string, message: Message, error: unknown): Promise<undefined> {
    if (error instanceof AnswerLost) {
      await this.#store.messages.mark(accountSid, message.id, "checking");
      void this.#track(message.id, this.#settle(accountSid, message));
      return;
    }
    if (!(error instanceof ParleyError)) throw error;
    const code = error instanceof TwilioRefused ? error.code : null;
    await this.#store.messages.mark(accountSid, message.id, "refused", { code, message: error.message });
    if (code === optedOut) await this.#optOuts.refused(accountSid, message);
  }

  async #settle(accountSid: string, message: Message): Promise<void> {
    let looked = false;
    for (const delay of this.#options.checkDelays) {
      await wait(delay, undefined, { signal: this.#stopping.signal });
      const found = await this.#look(accountSid, message).catch((error: unknown) => unreached(error));
      if (found) return this.#store.messages.accept(accountSid, message.id, found);
      looked = found === undefined;
    }
    // Without a look at the end nothing is known, so the message stays `checking` and is taken up again later.
    if (!looked) return;
    const reason = { code: null, message: neverConfirmed };
    await this.#store.messages.mark(accountSid, message.id, "refused", reason);
  }

  async #look(accountSid: string, message: Message): Promise<TwilioMessage | undefined> {
    const since = new Date(message.at.getTime() - clockSlackMs);
    const credentials = await this.#accounts.credentials(accountSid);
    const query = { from: message.twilioNumber, to: message.target, sentAfter: since, pageSize: 100 };
    const page = await this.#twilio.listMessages(credentials, query);
    const alike = page.messages.filter((logged) => isText(logged.body, message.body) && logged.at >= since);
    const known = await this.#store.messages.known(
      accountSid,
      alike.map(({ sid }) => sid),
    );
    return alike.findLast(({ sid }) => !known.has(sid));
  }

  #track(id: string, work: Promise<void>): Promise<void> {
    const tracked = work
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        if (this.#underWay.get(id) === tracked) this.#underWay.delete(id);
      });
    this.#underWay.set(id, tracked);
    return tracked;
  }

  #report(error: unknown): void {
    if (!this.#stopping.signal.aborted) this.#options.onError(error);
  }
}

function unreached(error: unknown): null {
  if (error instanceof ParleyError) return null;
  throw error;
}
