import { domIds } from "../helpers/domIds.ts";
import { displayPhoneNumber } from "../helpers/phoneNumbers.ts";
import { turboStream } from "../helpers/turboStream.ts";
import type { ConversationStore, MessageStore } from "../models/chat/store.ts";
import type { SyncStore } from "../models/sync/store.ts";
import type { Change, Conversation, LiveEvent, Message, Pair } from "../models/types.ts";

export interface FragmentOptions {
  render: (view: string, locals: object) => string;
  /** What every view may call, the same as in pages. */
  viewLocals: Record<string, unknown>;
}

export interface FragmentStores {
  conversations: ConversationStore;
  messages: MessageStore;
  syncs: SyncStore;
}

// From here on, the page as it is now is sooner drawn than its changes.
const mostDrawn = 60;

/** Turns changes into Turbo Streams, with the partials that pages are made of. */
export class Fragments {
  readonly #store: FragmentStores;
  readonly #options: FragmentOptions;

  constructor(store: FragmentStores, options: FragmentOptions) {
    this.#store = store;
    this.#options = options;
  }

  refresh(): string {
    return turboStream("renew");
  }

  /** For pages whose session has ended. */
  signIn(): string {
    return turboStream("signIn");
  }

  /** Draws what these changes left behind: each thing once, as it is now, however often it changed. */
  async draw(accountSid: string, events: LiveEvent[]): Promise<string> {
    const changes = events.map(({ change }) => change);
    if (has(changes, "signedOut")) return turboStream("leave");
    const many = changes.length > mostDrawn;
    if (many || has(changes, "refresh") || has(changes, "numbers")) return this.refresh();
    const messages = await this.#messages(accountSid, changes);
    const conversations = await this.#conversations(accountSid, pairsOf(changes, messages));
    const drawn = [
      ...removedIds(changes).map((id) => turboStream("remove", domIds.message(id))),
      ...conversations.map((conversation) => this.#conversation(conversation)),
      ...messages.map((message) => this.#message(message, conversations)),
      conversations.length > 0 ? await this.#unread(accountSid, conversations) : "",
      has(changes, "sync") ? await this.#sync(accountSid) : "",
    ];
    return drawn.join("");
  }

  async #messages(accountSid: string, changes: Change[]): Promise<Message[]> {
    const ids = new Set(changes.flatMap((change) => (isDrawn(change) ? [change.messageId] : [])));
    const found = await Promise.all([...ids].map((id) => this.#store.messages.find(accountSid, id)));
    return found.filter((message) => message !== undefined);
  }

  async #conversations(accountSid: string, pairs: Pair[]): Promise<Conversation[]> {
    const found = await Promise.all(pairs.map((pair) => this.#store.conversations.find(accountSid, pair)));
    return found.filter((conversation) => conversation !== undefined);
  }

  #message(message: Message, conversations: Conversation[]): string {
    const name = conversations.find((conversation) => key(conversation) === key(message))?.name ?? null;
    return turboStream(
      "place",
      domIds.thread(message),
      this.#render("chat/messages/_message", { message, name }),
    );
  }

  #conversation(conversation: Conversation): string {
    const row = this.#render("chat/conversations/_conversation", { conversation, selected: false });
    const composer = this.#render("chat/messages/_composer", {
      conversation,
      shown: conversation.name ?? displayPhoneNumber(conversation.target),
      formId: "",
      text: "",
      editing: "",
    });
    return (
      turboStream("place", domIds.conversations(conversation.twilioNumber), row) +
      turboStream("swap", domIds.composer(conversation), composer)
    );
  }

  async #unread(accountSid: string, changed: Conversation[]): Promise<string> {
    const numbers = new Set(changed.map(({ twilioNumber }) => twilioNumber));
    const counts = await this.#store.conversations.unreadByNumber(accountSid);
    const shown = [...counts].filter(([phoneNumber]) => numbers.has(phoneNumber));
    const drawn = shown.map(([phoneNumber, unread]) =>
      turboStream(
        "replace",
        domIds.unread(phoneNumber),
        this.#render("numbers/_unread", { phoneNumber, unread }),
      ),
    );
    return drawn.join("");
  }

  async #sync(accountSid: string): Promise<string> {
    const sync = await this.#store.syncs.find(accountSid);
    return turboStream("replace", domIds.sync, this.#render("sync/_sync", { sync }));
  }

  #render(view: string, locals: Record<string, unknown>): string {
    const { render, viewLocals } = this.#options;
    return render(view, { ...viewLocals, ...locals });
  }
}

function isDrawn(change: Change): change is Extract<Change, { kind: "received" | "changed" }> {
  return change.kind === "received" || change.kind === "changed";
}

function has(changes: Change[], kind: Change["kind"]): boolean {
  return changes.some((change) => change.kind === kind);
}

function removedIds(changes: Change[]): string[] {
  return changes.flatMap((change) => (change.kind === "messageRemoved" ? [change.messageId] : []));
}

function pairsOf(changes: Change[], messages: Message[]): Pair[] {
  const pairs = changes.flatMap((change) => (change.kind === "conversation" ? [change] : []));
  return [...new Map([...pairs, ...messages].map((pair) => [key(pair), pair])).values()];
}

function key({ twilioNumber, target }: Pair): string {
  return `${twilioNumber} ${target}`;
}
