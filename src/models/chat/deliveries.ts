import type { Accounts } from "../account/accounts.ts";
import { AnswerLost, ParleyError, StoreUnavailable, TwilioRefused } from "../errors.ts";
import type { LeaseStore } from "../leases.ts";
import type { Message, Pair, TwilioMessage } from "../types.ts";
import { Holder } from "./holder.ts";
import { LostAnswers } from "./lostAnswers.ts";
import type { Draft, MessageStore } from "./store.ts";
import type { MessageApi, TwilioClock } from "./twilio.ts";

export interface DeliveryOptions {
  /** Where Twilio shall post status callbacks; undefined without a public address. */
  statusCallback: string | undefined;
  /** Pauses between looks at Twilio's log when an answer was lost, in milliseconds. */
  checkDelays: number[];
  /** Told about what nobody waits for. */
  onError: (error: unknown) => void;
}

const forgottenAfterMs = 60_000;

/** Hands our messages to Twilio and finds out what became of them. */
export class Deliveries {
  readonly #store: { messages: MessageStore; leases: LeaseStore };
  readonly #twilio: MessageApi & { clock: TwilioClock };
  readonly #accounts: Accounts;
  readonly #options: DeliveryOptions;
  readonly #holder: Holder;
  readonly #lostAnswers: LostAnswers;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(
    store: { messages: MessageStore; leases: LeaseStore },
    twilio: MessageApi & { clock: TwilioClock },
    accounts: Accounts,
    options: DeliveryOptions,
  ) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.#options = options;
    this.#holder = new Holder(store.leases, () => this.#underWay.size > 0, options.onError);
    this.#lostAnswers = new LostAnswers(store, twilio, accounts, options.checkDelays);
  }

  /** A message of ours as this process takes it in hand. */
  async draft(text: Pair & { id: string; body: string }): Promise<Draft> {
    return { ...text, at: this.#twilio.clock.now(), holder: await this.#holder.hold() };
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

  /**
   * What a process that died had in hand: what it never handed over was not sent, the rest is looked up in Twilio's log.
   * True while some are in the hands of a process that seems alive.
   */
  async settleOrphans(accountSid: string): Promise<boolean> {
    const inFlight = await this.#store.messages.inFlight(accountSid);
    const others = inFlight.filter(({ id }) => !this.#underWay.has(id));
    const alive = await this.#store.leases.alive(others.map(({ holder }) => holder));
    const orphans = others.filter((message) => this.#isForgotten(message) || !alive.has(message.holder));
    for (const message of orphans) await this.#settleOrphan(accountSid, message);
    return alive.size > 0;
  }

  /** Lets calls under way end and gives up on looking for lost answers, which the next start takes up. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled(this.#underWay.values());
    await this.#holder.release();
  }

  // Our own, given up on while the storage was away.
  #isForgotten({ holder, at }: Message & { holder: string }): boolean {
    return holder === this.#holder.id && this.#twilio.clock.now().getTime() - at.getTime() > forgottenAfterMs;
  }

  async #settleOrphan(accountSid: string, message: Message): Promise<void> {
    if (await this.#store.messages.mark(accountSid, message.id, "unsent")) return;
    if (await this.#store.messages.mark(accountSid, message.id, "checking"))
      this.#settle(accountSid, message);
  }

  async #deliver(accountSid: string, message: Message): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    // Whoever took this process for dead has told the person that it was not sent.
    if (!(await this.#store.messages.mark(accountSid, message.id, "handed"))) return;
    const accepted = await this.#hand(accountSid, message).catch((error: unknown) =>
      this.#answer(accountSid, message, error),
    );
    if (!accepted) return;
    try {
      await this.#accept(accountSid, message, accepted);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      // Twilio has it, whatever our storage says: it is found in Twilio's log once the storage is back.
      this.#settle(accountSid, message);
    }
  }

  async #hand(accountSid: string, { twilioNumber, target, body }: Message): Promise<TwilioMessage> {
    const credentials = await this.#accounts.credentials(accountSid);
    const { statusCallback } = this.#options;
    return this.#twilio.sendMessage(credentials, { twilioNumber, target, body, statusCallback });
  }

  async #accept(accountSid: string, { id }: Message, accepted: TwilioMessage): Promise<void> {
    await this.#store.messages.take(accountSid, [{ ...accepted, answers: id }], "answer");
  }

  async #answer(accountSid: string, message: Message, error: unknown): Promise<undefined> {
    if (error instanceof AnswerLost) {
      await this.#store.messages.mark(accountSid, message.id, "checking");
      this.#settle(accountSid, message);
      return;
    }
    if (!(error instanceof ParleyError)) throw error;
    const code = error instanceof TwilioRefused ? error.code : null;
    await this.#store.messages.mark(accountSid, message.id, "refused", { code, message: error.message });
  }

  #settle(accountSid: string, message: Message): void {
    void this.#track(message.id, this.#lostAnswers.find(accountSid, message, this.#stopping.signal));
  }

  #track(id: string, work: Promise<void>): Promise<void> {
    const tracked = work
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        if (this.#underWay.get(id) === tracked) this.#underWay.delete(id);
      });
    this.#underWay.set(id, tracked);
    this.#holder.keep();
    return tracked;
  }

  #report(error: unknown): void {
    if (!this.#stopping.signal.aborted) this.#options.onError(error);
  }
}
