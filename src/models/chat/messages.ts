import { Invalid, NotFound } from "../errors.ts";
import { Signal } from "../signal.ts";
import type { Limits } from "../limits.ts";
import type { Message, Pair } from "../types.ts";
import { Addressees } from "./addressees.ts";
import { closureOf } from "./closures.ts";
import type { Deliveries } from "./deliveries.ts";
import { changedId } from "./formIds.ts";
import { isSameText, requireText } from "./messageText.ts";
import type { ReceivingQuota } from "./receivingQuota.ts";
import { requireSender, type SenderStores } from "./senders.ts";
import type { Draft, MessageStore } from "./store.ts";
import { bodyOf, type Told } from "./told.ts";
import type { TwilioClock } from "./twilio.ts";

export interface MessageForm extends Pair {
  body: string;
  /** Made once per composer, so that a form sent twice is one message. */
  formId: string;
  /** Who sends. */
  sessionId: string;
}

export interface Sending {
  message: Message;
  /** Resolves when Twilio has taken or refused the message, or its answer is lost; never rejects. */
  delivered: Promise<void>;
}

interface MessageParts {
  deliveries: Deliveries;
  clock: TwilioClock;
  limits: Limits;
  quota: ReceivingQuota;
}

export class Messages {
  readonly #store: SenderStores & { messages: MessageStore };
  readonly #deliveries: Deliveries;
  readonly #clock: TwilioClock;
  readonly #limits: Limits;
  readonly #quota: ReceivingQuota;
  readonly #addressees: Addressees;
  /** A signed webhook came, for the account with this SID. */
  readonly webhooks = new Signal<string>();

  constructor(store: SenderStores & { messages: MessageStore }, parts: MessageParts) {
    this.#store = store;
    this.#deliveries = parts.deliveries;
    this.#clock = parts.clock;
    this.#limits = parts.limits;
    this.#quota = parts.quota;
    this.#addressees = new Addressees(store);
  }

  /** Keeps the message, then hands it to Twilio. Sending the same form again finds the first message. Throws Invalid, NotFound, TooMany. */
  async send(accountSid: string, form: MessageForm): Promise<Sending> {
    const { formId, twilioNumber, target, body, sessionId } = form;
    requireText(body);
    await this.#requireOpen(accountSid, { twilioNumber, target });
    await this.#limits.spend("sendsOfSession", sessionId);
    await this.#limits.spend("sendsOfAccount", accountSid);
    const draft = await this.#deliveries.draft({ id: formId, twilioNumber, target, body: bodyOf(body) });
    const { message, created } = await this.#keep(accountSid, draft);
    return {
      message,
      delivered: created ? this.#deliveries.deliver(accountSid, message) : Promise.resolve(),
    };
  }

  /** What Twilio posted: a text to us, or how far one of ours is. Resolves after the commit; a repeat changes nothing. Throws TooMany. */
  async hear(accountSid: string, told: Told, source: "webhook" | "callback"): Promise<void> {
    this.#quota.take(
      accountSid,
      `${told.body ?? ""}${told.errorMessage ?? ""}${told.target}${told.twilioNumber}`,
    );
    if (source === "webhook") await this.#addressees.admit(accountSid, told.twilioNumber);
    await this.#store.messages.take(accountSid, [{ ...told, at: this.#clock.now() }], source);
    await this.webhooks.send(accountSid);
  }

  /** Throws NotFound. */
  async find(accountSid: string, id: string): Promise<Message> {
    const message = await this.#store.messages.find(accountSid, id);
    if (message === undefined) throw new NotFound("That message is not here any more.");
    return message;
  }

  // Back, a change and Send is a new message under the old form's id, while a plain repeat is not.
  async #keep(accountSid: string, draft: Draft): Promise<{ message: Message; created: boolean }> {
    const kept = await this.#store.messages.addPending(accountSid, draft);
    if (kept.created || isSameText(kept.message, draft)) return kept;
    return this.#store.messages.addPending(accountSid, { ...draft, id: changedId(draft) });
  }

  async #requireOpen(accountSid: string, pair: Pair): Promise<void> {
    await requireSender(this.#store, accountSid, pair.twilioNumber);
    const conversation = await this.#store.conversations.find(accountSid, pair);
    if (conversation === undefined) throw new NotFound("That number is not among your target numbers.");
    const closure = closureOf(conversation);
    if (closure) throw new Invalid(closure.sentence);
  }
}
