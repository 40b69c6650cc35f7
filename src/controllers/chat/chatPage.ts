import { randomUUID } from "node:crypto";
import type { Thread } from "../../models/chat/conversations.ts";
import type { Refusal } from "../../models/sync/store.ts";
import type { Conversation, Sync, TwilioNumber } from "../../models/types.ts";
import { numbersOf, preferred, threadOf, type ChatModels, type ChatQuery } from "./chatParts.ts";

/** What the three panes show: the locals of chat/conversations/show. */
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
  /** The list does not begin with the newest. */
  isContinued: boolean;
  search: string;
  thread: Thread | undefined;
  target: string;
  pane: "targets" | "chat" | "numbers";
  sync: Sync;
  /** The newest webhook that was refused, while none has been taken since. */
  refusal: Refusal | undefined;
  formId: string;
  text: string;
  /** The dialog for a new target: shown at once or waiting behind its button, with what was typed. */
  newTarget: { open: boolean; phoneNumber: string; name: string };
}

/** The page model that every action of the chat wing draws. */
export async function chatPage(models: ChatModels, accountSid: string, query: ChatQuery): Promise<ChatPage> {
  const { conversations, history } = models;
  const { search = "", after, target = "" } = query;
  const owned = await numbersOf(models, accountSid);
  const twilioNumber = query.twilioNumber || (await preferred(conversations, accountSid, owned.numbers));
  const thread = await threadOf(conversations, accountSid, { ...query, twilioNumber });
  return {
    ...owned,
    twilioNumber,
    ...(await conversations.list(accountSid, { twilioNumber, search, after })),
    isContinued: after !== undefined,
    search,
    thread,
    target: thread ? target : "",
    pane: query.pane ?? (target ? "chat" : "targets"),
    sync: await history.progress(accountSid),
    refusal: await models.webhookRefusals.standing(accountSid),
    formId: randomUUID(),
    text: "",
    newTarget: { open: false, phoneNumber: "", name: "" },
  };
}
