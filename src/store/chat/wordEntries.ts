import { groupedNumbersOf, wordsOf } from "../../models/words.ts";
import type { Direction } from "../../models/types.ts";
import type { Entry } from "../engines/wordIndex.ts";
import type { MessageRow } from "../engines/schema.ts";

// Signs of the private use area are in no word of a text.
const markSign = "\ue000";

/** What is found beside words: each is a word that no text has. */
export const marks = {
  direction: (direction: Direction) => `${markSign}${direction === "inbound" ? "i" : "o"}`,
  conversation: (key: number) => `${markSign}c${key}`,
  media: `${markSign}m`,
  link: `${markSign}l`,
};

const links = /\w[.]\w{2,}|:\/\//;

/** What the words of a message are made of. */
export const wordColumns = ["key", "body", "direction", "conversation", "num_media"] as const;
export type WordRow = Pick<MessageRow, (typeof wordColumns)[number]>;

/** The words that this message is found by; made otherwise, they need another `wordsVersion`. */
export function entryOf({ key, body, direction, conversation, num_media }: WordRow): Entry {
  const words = [
    marks.direction(direction),
    marks.conversation(conversation),
    ...(num_media > 0 ? [marks.media] : []),
    ...(links.test(body) ? [marks.link] : []),
    ...wordsOf(body).map(({ word }) => word),
    ...groupedNumbersOf(body).map(({ word }) => word),
  ];
  return { key, words: words.join(" ") };
}
