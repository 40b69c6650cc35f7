import { randomUUID } from "node:crypto";
import type { Thread } from "../../models/chat/conversations.ts";
import type { ListFilter } from "../../models/chat/store.ts";
import type { Refusal } from "../../models/sync/store.ts";
import type { Conversation, Sync, TwilioNumber } from "../../models/types.ts";
import type { Matches, SearchResults } from "../../models/chat/searches.ts";
import {
  listOf,
  matchesOf,
  numbersOf,
  preferred,
  resultsOf,
  threadOf,
  type ChatModels,
  type ChatQuery,
} from "./chatParts.ts";

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
  filter: ListFilter;
  /** The list does not begin with the newest. */
  isContinued: boolean;
  /** What a search in the left pane has found; undefined while nobody searches. */
  results: SearchResults | undefined;
  thread: Thread | undefined;
  /** The search in the open conversation. */
  matches: Matches | undefined;
  /** The id of the message that the thread is opened at. */
  found: string;
  target: string;
  /** The conversation that was asked for is still to come from Twilio. */
  isAwaited: boolean;
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
  const { after, target = "" } = query;
  const owned = await numbersOf(models, accountSid);
  const twilioNumber = query.twilioNumber || (await preferred(conversations, accountSid, owned.numbers));
  const matches = await matchesOf(models, accountSid, { ...query, twilioNumber });
  const found = matches?.ids[matches.current] ?? query.around ?? "";
  const thread = await threadOf(conversations, accountSid, { ...query, twilioNumber, around: found });
  return {
    ...owned,
    twilioNumber,
    ...(await listOf(models, accountSid, { ...query, twilioNumber }, thread)),
    filter: query.filter ?? "all",
    isContinued: after !== undefined,
    results: await resultsOf(models, accountSid, query),
    thread,
    matches,
    found,
    target: thread ? target : "",
    isAwaited: false,
    pane: query.pane ?? (target ? "chat" : "targets"),
    sync: await history.progress(accountSid),
    refusal: await models.webhookRefusals.standing(accountSid),
    formId: randomUUID(),
    text: "",
    newTarget: { open: false, phoneNumber: "", name: "" },
  };
}
