import { randomUUID } from "node:crypto";
import type { Conversations, Thread } from "../../models/chat/conversations.ts";
import type { History } from "../../models/sync/history.ts";
import type { Numbers } from "../../models/numbers/numbers.ts";
import type { Conversation, Sync, TwilioNumber } from "../../models/types.ts";

export interface ChatQuery {
  /** The Twilio number asked for; the account's newest otherwise. */
  twilioNumber?: string;
  target?: string;
  pages?: number;
  search?: string;
  more?: number;
  /** Which pane a narrow screen shows. */
  pane?: "targets" | "numbers";
}

/** What the three panes show. */
export interface ChatPage {
  numbers: TwilioNumber[];
  /** Twilio did not give the list of numbers when it was last asked. */
  numbersAreMissing: boolean;
  /** Numbers with conversations that the account does not (or no longer) own. */
  otherSenders: string[];
  unread: Map<string, number>;
  twilioNumber: string;
  conversations: Conversation[];
  hasMore: boolean;
  more: number;
  search: string;
  thread: Thread | undefined;
  target: string;
  pages: number;
  pane: "targets" | "chat" | "numbers";
  sync: Sync;
  formId: string;
  text: string;
  /** The dialog for a new target: shown at once or waiting behind its button, with what was typed. */
  newTarget: { open: boolean; phoneNumber: string; name: string };
}

export class ChatPages {
  readonly #conversations: Conversations;
  readonly #numbers: Numbers;
  readonly #history: History;

  constructor(conversations: Conversations, numbers: Numbers, history: History) {
    this.#conversations = conversations;
    this.#numbers = numbers;
    this.#history = history;
  }

  async build(accountSid: string, query: ChatQuery): Promise<ChatPage> {
    const numbers = await this.#numbers.list(accountSid);
    const twilioNumber = query.twilioNumber ?? (await this.#preferred(accountSid, numbers));
    const thread = await this.#thread(accountSid, { ...query, twilioNumber });
    const { search = "", more = 0, pages = 1, target = "" } = query;
    const list = await this.#conversations.list(accountSid, { twilioNumber, search, more });
    const unread = await this.#conversations.unreadByNumber(accountSid);
    return {
      numbers,
      numbersAreMissing: this.#numbers.areMissing(accountSid),
      otherSenders: [...unread.keys()].filter(
        (number) => !numbers.some(({ phoneNumber }) => phoneNumber === number),
      ),
      unread,
      twilioNumber,
      ...list,
      more,
      search,
      thread,
      target: thread ? target : "",
      pages,
      pane: query.pane ?? (target ? "chat" : "targets"),
      sync: await this.#history.progress(accountSid),
      formId: randomUUID(),
      text: "",
      newTarget: { open: false, phoneNumber: "", name: "" },
    };
  }

  async #preferred(accountSid: string, numbers: TwilioNumber[]): Promise<string> {
    const newest = await this.#conversations.newest(accountSid);
    const owned = numbers.some(({ phoneNumber }) => phoneNumber === newest?.twilioNumber);
    return (owned ? newest?.twilioNumber : numbers[0]?.phoneNumber) ?? newest?.twilioNumber ?? "";
  }

  #thread(accountSid: string, { twilioNumber, target, pages = 1 }: ChatQuery & { twilioNumber: string }) {
    if (!target || !twilioNumber) return undefined;
    return this.#conversations.read(accountSid, { twilioNumber, target }, pages);
  }
}
