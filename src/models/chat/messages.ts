import { createHash } from "node:crypto";
import type { Deliveries } from "./deliveries.ts";
import { Invalid, NotFound } from "../errors.ts";
import type { OptOuts } from "./optOuts.ts";
import type { Store } from "../ports.ts";
import { maxBody } from "./segments.ts";
import { requireSender } from "./senders.ts";
import { isText } from "./sameText.ts";
import type { Message, MessageStatus, Pair, TwilioMessage } from "../types.ts";

export interface MessageForm extends Pair {
  body: string;
  /** Made once per composer, so that a form sent twice is one message. */
  formId: string;
}

export interface Sending {
  message: Message;
  /** Resolves when Twilio has taken or refused the message, or its answer is lost; never rejects. */
  delivered: Promise<void>;
}

export class Messages {
  readonly #store: Store;
  readonly #deliveries: Deliveries;
  readonly #optOuts: OptOuts;

  constructor(store: Store, deliveries: Deliveries, optOuts: OptOuts) {
    this.#store = store;
    this.#deliveries = deliveries;
    this.#optOuts = optOuts;
  }

  /** Keeps the message, then hands it to Twilio. Sending the same form again finds the first message. */
  async send(accountSid: string, form: MessageForm): Promise<Sending> {
    const pair = { twilioNumber: form.twilioNumber, target: form.target };
    requireText(form.body);
    await this.#requireOpen(accountSid, pair);
    const { message, created } = await this.#keep(accountSid, form);
    return {
      message,
      delivered: created ? this.#deliveries.deliver(accountSid, message) : Promise.resolve(),
    };
  }

  /** A text that came in by webhook. Resolves after the commit; a repeat changes nothing. */
  async receive(accountSid: string, message: TwilioMessage): Promise<void> {
    const [recorded] = await this.#store.messages.record(accountSid, [message], {
      source: "webhook",
      unread: true,
      announce: true,
    });
    // A repeat may come because we fell between the two, and must not count as said again.
    await this.#optOuts.follow(accountSid, [{ ...message, at: recorded?.at ?? message.at }]);
  }

  /** A status callback: forward only. False when Twilio was faster than its own answer to us and the SID is not known yet. */
  advance(
    accountSid: string,
    sid: string,
    status: MessageStatus,
    errorCode: number | null,
  ): Promise<boolean> {
    return this.#store.messages.advance(accountSid, sid, status, errorCode);
  }

  async find(accountSid: string, id: string): Promise<Message> {
    const message = await this.#store.messages.find(accountSid, id);
    if (message === undefined) throw new NotFound("That message is not here any more.");
    return message;
  }

  // Back, a change and Send is a new message under the old form's id, while a plain repeat is not.
  async #keep(accountSid: string, form: MessageForm): Promise<{ message: Message; created: boolean }> {
    const { formId, ...text } = form;
    const kept = await this.#store.messages.addPending(accountSid, { ...text, id: formId, at: new Date() });
    if (kept.created || isSame(kept.message, form)) return kept;
    return this.#store.messages.addPending(accountSid, { ...text, id: changedId(form), at: new Date() });
  }

  async #requireOpen(accountSid: string, pair: Pair): Promise<void> {
    await requireSender(this.#store, accountSid, pair.twilioNumber);
    const conversation = await this.#store.conversations.find(accountSid, pair);
    if (conversation === undefined) throw new NotFound("That number is not among your target numbers.");
    if (conversation.optedOutAt !== null) {
      throw new Invalid(
        "This person has opted out. They must text START before you can write to them again.",
      );
    }
  }
}

function requireText(body: string): void {
  if (body.trim() === "") throw new Invalid("Type a message first.");
  if (body.length > maxBody) {
    const count = body.length.toLocaleString("en");
    throw new Invalid(
      `A text has at most 1,600 characters; this one has ${count}. Shorten it or send it in parts.`,
    );
  }
}

function isSame(message: Message, form: MessageForm): boolean {
  return (
    isText(message.body, form.body) &&
    message.twilioNumber === form.twilioNumber &&
    message.target === form.target
  );
}

function changedId(form: MessageForm): string {
  const parts = [form.formId, form.twilioNumber, form.target, form.body];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}
