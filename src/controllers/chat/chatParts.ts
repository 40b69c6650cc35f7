import type { Conversations, Thread } from "../../models/chat/conversations.ts";
import type { ListPosition } from "../../models/chat/store.ts";
import type { Numbers } from "../../models/numbers/numbers.ts";
import type { History } from "../../models/sync/history.ts";
import type { WebhookRefusals } from "../../models/sync/webhookRefusals.ts";
import type { TwilioNumber } from "../../models/types.ts";

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
  { twilioNumber = "", target, before }: ChatQuery,
): Promise<Thread | undefined> {
  if (!target || !twilioNumber) return undefined;
  const pair = { twilioNumber, target };
  return before ? conversations.readEarlier(accountSid, pair, before) : conversations.read(accountSid, pair);
}
