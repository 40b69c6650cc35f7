import { countryOf } from "../numbers/phoneNumber.ts";
import type { NumberStore } from "../numbers/store.ts";
import type { Conversation, Pair, TwilioNumber } from "../types.ts";
import { Slots } from "../slots.ts";
import { wordsOf } from "../words.ts";
import { isEmpty, parseSearch, type SearchQuery } from "./searchQuery.ts";
import type { ConversationStore, FoundMessage, MessageSearch, PersonSearch, SearchStore } from "./store.ts";

const pageLength = 50;
const mostPeople = 20;
const mostSenders = 500;
/** So many matches of one conversation are stepped through. */
const mostMatches = 500;
const fewestDigits = 3;
// One in a large account may take long, and others want to find something, too.
const slotTerms = {
  ...{ name: "searchesAtOnce", each: 2, all: 4, retryAfterSeconds: 1 },
  sentence: "That is a lot of searches at once. Wait a moment, then search again.",
};

export interface SearchPage {
  /** The last message of the page before. */
  after?: string | undefined;
  /** Minutes that the reader's clocks are ahead of UTC. */
  minutesAhead?: number | undefined;
}

export interface SearchResults {
  typed: string;
  query: SearchQuery;
  /** Those whose name or number it is; on the first page only. */
  people: Conversation[];
  messages: FoundMessage[];
  hasMore: boolean;
}

/** Where somebody stands among the matches of one conversation. */
export interface Matches {
  typed: string;
  /** Message ids, newest first. */
  ids: string[];
  /** Of the match that is shown; -1 when there is none. */
  current: number;
  isMore: boolean;
}

interface Stores {
  searches: SearchStore;
  numbers: NumberStore;
  conversations: ConversationStore;
}

/** Finds messages and people by what somebody types. */
export class Searches {
  readonly #store: Stores;
  readonly #slots = new Slots(slotTerms);

  constructor(store: Stores) {
    this.#store = store;
  }

  /** A page of fifty messages, newest first, and the people that are meant. Throws TooMany. */
  async find(accountSid: string, typed: string, page: SearchPage = {}): Promise<SearchResults> {
    const giveBack = this.#slots.take(accountSid);
    return this.#find(accountSid, typed, page).finally(giveBack);
  }

  async #find(accountSid: string, typed: string, page: SearchPage): Promise<SearchResults> {
    const numbers = await this.#store.numbers.list(accountSid);
    const query = parseSearch(typed, { ...page, country: countryOf(numbers[0]?.phoneNumber ?? "") });
    const results = { typed, query, people: [], messages: [], hasMore: false };
    if (isEmpty(query)) return results;
    const wanted = await this.#wanted(accountSid, query, numbers);
    const people = page.after === undefined ? await this.#people(accountSid, query) : [];
    const messages = await this.#messages(accountSid, wanted, query, page.after);
    const hasMore = messages.length > pageLength;
    return { ...results, people, messages: messages.slice(0, pageLength), hasMore };
  }

  // All words that begin so are many, so they come only where the last word by itself is not a common one.
  async #messages(accountSid: string, wanted: MessageSearch, { precise, all }: SearchQuery, after?: string) {
    const page = { limit: pageLength + 1, after };
    const exact = await this.#store.searches.messages(accountSid, { ...wanted, all: precise }, page);
    const last = precise.at(-1);
    if (last === undefined || last[0]?.isPrefix === all.at(-1)?.[0]?.isPrefix) return exact;
    const isCommon =
      exact.length > pageLength ||
      (await this.#store.searches.messages(accountSid, { ...everything, all: [last] }, page)).length >
        pageLength;
    return isCommon ? exact : this.#store.searches.messages(accountSid, wanted, page);
  }

  /** The matches of one conversation, and which of them is the message with this id, or else the newest. Throws TooMany. */
  async within(accountSid: string, pair: Pair, typed: string, shown?: string): Promise<Matches> {
    const giveBack = this.#slots.take(accountSid);
    return this.#within(accountSid, pair, typed, shown).finally(giveBack);
  }

  async #within(accountSid: string, pair: Pair, typed: string, shown?: string): Promise<Matches> {
    const query = parseSearch(typed, { country: countryOf(pair.twilioNumber) });
    if (isEmpty(query)) return { typed, ids: [], current: -1, isMore: false };
    const search = { ...searchOf(query), pair };
    const found = await this.#store.searches.messages(accountSid, search, { limit: mostMatches + 1 });
    const ids = found.slice(0, mostMatches).map(({ id }) => id);
    const current = shown === undefined ? -1 : ids.indexOf(shown);
    return {
      typed,
      ids,
      current: current === -1 && ids.length > 0 ? 0 : current,
      isMore: found.length > ids.length,
    };
  }

  async #wanted(accountSid: string, query: SearchQuery, numbers: TwilioNumber[]): Promise<MessageSearch> {
    const isOwn = query.from.some((name) => name.toLowerCase() === "me");
    const others = query.from.filter((name) => name.toLowerCase() !== "me");
    const senders = await Promise.all(
      others.map((name) => this.#store.searches.people(accountSid, personSearch(name), mostSenders)),
    );
    const direction = isOwn ? ("outbound" as const) : others.length > 0 ? ("inbound" as const) : undefined;
    return {
      ...searchOf(query),
      direction,
      targets: others.length > 0 ? senders.flat().map(({ target }) => target) : undefined,
      twilioNumbers: query.via.length > 0 ? await this.#senders(accountSid, query.via, numbers) : undefined,
    };
  }

  async #people(accountSid: string, query: SearchQuery): Promise<Conversation[]> {
    const { all, none, from, via, has, is, before, after } = query;
    const isNarrowed = [none, from, via, has, is].some(({ length }) => length > 0) || before || after;
    if (isNarrowed) return [];
    const isNumber = (phrases: (typeof all)[number]) => phrases.length > 1;
    const search = {
      words: all.filter((each) => !isNumber(each)).flatMap(([phrase]) => phrase?.words ?? []),
      digits: all.filter(isNumber).flatMap((each) => each.map(({ words }) => words.join(""))),
    };
    return this.#store.searches.people(accountSid, search, mostPeople);
  }

  /** The Twilio numbers with such a name or digits, also those that the account no longer has. */
  async #senders(accountSid: string, via: string[], numbers: TwilioNumber[]): Promise<string[]> {
    const others = [...(await this.#store.conversations.unreadByNumber(accountSid)).keys()];
    const named = new Map(others.map((phoneNumber) => [phoneNumber, ""]));
    for (const { phoneNumber, friendlyName } of numbers) named.set(phoneNumber, friendlyName);
    const isMeant = ([phoneNumber, name]: [string, string]) =>
      via.some((wanted) => isCalled(name, wanted) || hasDigits(phoneNumber, wanted));
    return [...named].filter(isMeant).map(([phoneNumber]) => phoneNumber);
  }
}

const everything: MessageSearch = {
  ...{ all: [], none: [], hasMedia: false, hasLink: false, isFailed: false, isUnread: false },
};

function searchOf({ all, none, has, is, before, after }: SearchQuery): MessageSearch {
  return {
    ...{ all, none, from: after, until: before },
    hasMedia: has.includes("picture") || has.includes("file"),
    hasLink: has.includes("link"),
    isFailed: is.includes("failed"),
    isUnread: is.includes("unread"),
  };
}

function personSearch(name: string): PersonSearch {
  const digits = name.replace(/\D/g, "");
  const isNumber = digits.length >= fewestDigits && /^[\d\s().+\-/]+$/.test(name);
  return isNumber
    ? { words: [], digits: [digits] }
    : { words: wordsOf(name).map(({ word }) => word), digits: [] };
}

function isCalled(name: string, wanted: string): boolean {
  const words = wordsOf(name).map(({ word }) => word);
  const asked = wordsOf(wanted);
  return asked.length > 0 && asked.every(({ word }) => words.some((own) => own.startsWith(word)));
}

function hasDigits(phoneNumber: string, wanted: string): boolean {
  const digits = wanted.replace(/\D/g, "");
  return digits.length >= fewestDigits && phoneNumber.includes(digits);
}
