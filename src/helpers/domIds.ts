// Ids of what live updates address. A phone number's + and other signs are not welcome in selectors.
import type { Pair } from "../models/types.ts";

const plain = (text: string) => text.replace(/[^A-Za-z0-9]/g, (sign) => `_${sign.codePointAt(0)}_`);
const pairId = (prefix: string, pair: Pair) => `${prefix}_${plain(pair.twilioNumber)}_${plain(pair.target)}`;

export const domIds = {
  message: (id: string) => `message_${plain(id)}`,
  thread: (pair: Pair) => pairId("thread", pair),
  threadEmpty: (pair: Pair) => pairId("thread_empty", pair),
  composer: (pair: Pair) => pairId("composer", pair),
  conversation: (pair: Pair) => pairId("conversation", pair),
  conversations: (twilioNumber: string) => `conversations_${plain(twilioNumber)}`,
  conversationsEmpty: (twilioNumber: string) => `conversations_empty_${plain(twilioNumber)}`,
  number: (phoneNumber: string) => `number_${plain(phoneNumber)}`,
  unread: (phoneNumber: string) => `unread_${plain(phoneNumber)}`,
  sync: "sync",
};
