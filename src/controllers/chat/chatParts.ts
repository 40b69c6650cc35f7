import type { Conversations, Thread } from "../../models/chat/conversations.ts";
import type { ListFilter, ListPosition } from "../../models/chat/store.ts";
import type { Matches, SearchResults, Searches } from "../../models/chat/searches.ts";
import type { Numbers } from "../../models/numbers/numbers.ts";
import type { History } from "../../models/sync/history.ts";
import type { WebhookRefusals } from "../../models/sync/webhookRefusals.ts";
import type { Conversation, TwilioNumber } from "../../models/types.ts";

const mostOthers = 100;

/** What the chat page is made of. */
export interface ChatModels {
  conversations: Conversations;
  numbers: Numbers;
  searches: Searches;
  history: History;
  webhookRefusals: WebhookRefusals;
}

export interface ChatQuery {
  /** The Twilio number asked for; without one, that of the newest conversation. */
  twilioNumber?: string;
  target?: string;
  /** The message before which the thread is to end; its newest part without. */
  before?: string | undefined;
  /** What is looked for in all messages, and in this conversation; undefined while nobody searches. */
  typed?: string | undefined;
  find?: string | undefined;
  minutesAhead?: number | undefined;
  /** The last of the results before; the newest come first without. */
  foundAfter?: string | undefined;
  /** The message that the thread is opened at. */
  around?: string | undefined;
  filter?: ListFilter | undefined;
  after?: ListPosition | undefined;
  /** Which pane a narrow screen shows. */
  pane?: "targets" | "numbers";
}

/** The account's numbers, and with what other numbers it has conversations. */
export async function numbersOf({ conversations, numbers }: ChatModels, accountSid: string) {
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

/** Which number's list is shown to whoever asks for none. */
export async function preferred(
  conversations: Conversations,
  accountSid: string,
  numbers: TwilioNumber[],
): Promise<string> {
  const newest = await conversations.newest(accountSid);
  const owned = numbers.some(({ phoneNumber }) => phoneNumber === newest?.twilioNumber);
  return (owned ? newest?.twilioNumber : numbers[0]?.phoneNumber) ?? newest?.twilioNumber ?? "";
}

export async function threadOf(
  conversations: Conversations,
  accountSid: string,
  { twilioNumber = "", target, before, around }: ChatQuery,
): Promise<Thread | undefined> {
  if (!target || !twilioNumber) return undefined;
  const pair = { twilioNumber, target };
  if (around) return conversations.readAround(accountSid, pair, around);
  return before ? conversations.readEarlier(accountSid, pair, before) : conversations.read(accountSid, pair);
}

export async function matchesOf(
  { searches }: ChatModels,
  accountSid: string,
  { twilioNumber = "", target, find, around }: ChatQuery,
): Promise<Matches | undefined> {
  if (find === undefined || !target) return undefined;
  return searches.within(accountSid, { twilioNumber, target }, find, around);
}

export async function resultsOf(
  { searches }: ChatModels,
  accountSid: string,
  { typed, minutesAhead, foundAfter }: ChatQuery,
): Promise<SearchResults | undefined> {
  return typed ? searches.find(accountSid, typed, { minutesAhead, after: foundAfter }) : undefined;
}

/** A page of the list. The conversation that is open stays in it, also when it was just read. */
export async function listOf(
  { conversations }: ChatModels,
  accountSid: string,
  query: ChatQuery & { twilioNumber: string },
  thread: Thread | undefined,
) {
  const list = await conversations.list(accountSid, query);
  const open = thread?.conversation;
  const isShown = list.conversations.some(({ target }) => target === open?.target);
  if (!open || isShown || query.after !== undefined || (query.filter ?? "all") === "all") return list;
  const at = ({ lastMessage }: Conversation) => lastMessage?.at.getTime() ?? 0;
  return { ...list, conversations: [...list.conversations, open].sort((a, b) => at(b) - at(a)) };
}
