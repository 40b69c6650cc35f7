import type { SandboxAccount } from "./account.ts";
import type { Delivery } from "./delivery.ts";
import { newMessage } from "./newMessage.ts";
import { inboundMessage, type Text } from "./inboundText.ts";
import { inboundForm } from "./webhookForms.ts";
import { webhookOf, type InboundWebhook } from "./inboundWebhook.ts";
import { followKeyword } from "./keywords.ts";
import { priceOf } from "./prices.ts";
import { Replies, type ReplyOptions } from "./replies.ts";
import type { SandboxMessage, SandboxNumber } from "./resources.ts";
import { inBackground } from "./background.ts";
import { isWarning } from "./webhookFaults.ts";

export interface ReceivingOptions extends ReplyOptions {
  onMessage: (account: SandboxAccount, message: SandboxMessage) => void;
}

/** What becomes of a text that somebody sends to a Twilio number. */
export class Receiving {
  readonly #options: ReceivingOptions;
  readonly #replies: Replies;

  constructor(options: ReceivingOptions) {
    this.#options = options;
    this.#replies = new Replies(options);
  }

  /** Resolves when the webhook, if there is one, has answered or a fault has swallowed it. A Service that takes no texts leaves no trace of them. */
  async receive(
    account: SandboxAccount,
    number: SandboxNumber,
    text: Text,
  ): Promise<{ message: SandboxMessage; delivery: Delivery | undefined }> {
    const service = account.serviceOf(number);
    const hook = webhookOf(account, number);
    const message = inboundMessage(text, service?.sid ?? null);
    if (!hook) {
      // STOP counts also where nobody is told.
      followKeyword(account, message);
      return { message, delivery: undefined };
    }
    message.price = priceOf(message);
    const dated = hook.url !== "" || this.#options.unverified.inboundDateSentWithoutWebhook;
    message.dateSent = dated ? message.dateCreated : null;
    account.log.add(message);
    const effect = followKeyword(account, message);
    this.#options.onMessage(account, message);
    if (effect?.reply) this.#answerKeyword(account, message, effect.reply);
    // Twilio answers HELP itself and tells no webhook.
    const tells = hook.url !== "" && effect?.keyword !== "help" && text.untold !== true;
    return { message, delivery: tells ? await this.#tell(account, message, hook) : undefined };
  }

  async #tell(
    account: SandboxAccount,
    message: SandboxMessage,
    hook: InboundWebhook,
  ): Promise<Delivery | undefined> {
    const form = inboundForm(account, message);
    const follow = (delivery: Delivery) => this.#follow(account, message, hook, delivery);
    const request = { url: hook.url, method: hook.method, form };
    const delivery = await this.#options.callbacks.deliver(account, request, (late) =>
      inBackground(follow(late)),
    );
    if (delivery) await follow(delivery);
    return delivery;
  }

  async #follow(
    account: SandboxAccount,
    message: SandboxMessage,
    hook: InboundWebhook,
    delivery: Delivery,
  ): Promise<void> {
    const fault = await this.#replies.follow(account, message, delivery);
    if (fault === null || isWarning(fault) || hook.fallbackUrl === "") return;
    const form = {
      ...inboundForm(account, message),
      ErrorCode: String(fault),
      ErrorUrl: delivery.url,
    };
    const request = { url: hook.fallbackUrl, method: hook.fallbackMethod, form };
    const second = await this.#options.callbacks.deliver(account, request);
    if (second) await this.#replies.follow(account, message, second);
  }

  #answerKeyword(account: SandboxAccount, { from, to }: SandboxMessage, body: string): void {
    const answer = newMessage({
      from: to,
      to: from,
      body,
      direction: "outbound-reply",
      status: "delivered",
      dateSent: new Date(),
    });
    if (this.#options.unverified.autoRepliesLogged) account.log.add(answer);
    else account.autoReplies.push(answer);
    this.#options.onMessage(account, answer);
  }
}
