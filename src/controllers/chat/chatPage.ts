import { randomUUID } from "node:crypto";
import type { Conversations, Thread } from "../../models/chat/conversations.ts";
import type { ListPosition } from "../../models/chat/store.ts";
import type { Numbers } from "../../models/numbers/numbers.ts";
import type { History } from "../../models/sync/history.ts";
import type { Refusal } from "../../models/sync/store.ts";
import type { WebhookRefusals } from "../../models/sync/webhookRefusals.ts";
import type { Conversation, Sync, TwilioNumber } from "../../models/types.ts";

const mostOthers = 100;

/** What the chat page is made of. */
export interface ChatModels {
  conversations: Conversations;
  numbers: Numbers;
  history: History;
  webhookRefusals: WebhookRefusals;
}

export interface ChatQuery {
  /** The Twilio number asked for; without one, that of the newest conversation. */
  twilioNumber?: string;
  target?: string;
  /** The message before which the thread is to end; its newest part without. */
  before?: string | undefined;
  search?: string;
  after?: ListPosition | undefined;
  /** Which pane a narrow screen shows. */
  pane?: "targets" | "numbers";
}

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

async function numbersOf({ conversations, numbers }: ChatModels, accountSid: string) {
  const owned = await numbers.list(accountSid);
  const unread = await conversations.unreadByNumber(accountSid);
  const isOwned = (number: string) => owned.some(({ phoneNumber }) => phoneNumber === number);
  return {
    numbers: owned,
    numbersAreMissing: numbers.areMissing(accountSid),
    otherSenders: [...unread.keys()].filter((number) => !isOwned(number)).slice(0, mostOthers),
    unread,
  };
}

async function preferred(
  conversations: Conversations,
  accountSid: string,
  numbers: TwilioNumber[],
): Promise<string> {
  const newest = await conversations.newest(accountSid);
  const owned = numbers.some(({ phoneNumber }) => phoneNumber === newest?.twilioNumber);
  return (owned ? newest?.twilioNumber : numbers[0]?.phoneNumber) ?? newest?.twilioNumber ?? "";
}

async function threadOf(
  conversations: Conversations,
  accountSid: string,
  { twilioNumber = "", target, before }: ChatQuery,
): Promise<Thread | undefined> {
  if (!target || !twilioNumber) return undefined;
  const pair = { twilioNumber, target };
  return before ? conversations.readEarlier(accountSid, pair, before) : conversations.read(accountSid, pair);
}
