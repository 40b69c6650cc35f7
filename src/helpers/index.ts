// Everything that views may call, under the name they call it by.
import { closureOf } from "../models/chat/closures.ts";
import { retryId } from "../models/chat/formIds.ts";
import { excerptOf } from "../models/chat/excerpt.ts";
import { mediaKind, mediaName } from "../models/chat/mediaTypes.ts";
import { isFailure, isFinal } from "../models/chat/messageStatus.ts";
import { describeStatus, ownReason } from "../models/chat/statusWords.ts";
import { hueOf, initialOf } from "./avatars.ts";
import { badgeCount, countedTitle, unreadTotal } from "./badges.ts";
import { browserName } from "./browsers.ts";
import { codeOf } from "./codes.ts";
import { dayOf, exactTime, shortTime, span } from "./dates.ts";
import { domIds } from "./domIds.ts";
import { mediaWords } from "./mediaWords.ts";
import { paths } from "./paths.ts";
import { pendingMessage } from "./pendingMessage.ts";
import { displayPhoneNumber } from "./phoneNumbers.ts";
import { senderLabel, senderName } from "./senders.ts";
import { beginningOf } from "./signs.ts";
import { isFollowed } from "./threadLines.ts";
import { isEmojiOnly, textParts } from "./textParts.ts";
import { searchSummary } from "./searchSummary.ts";
import { turboStream } from "./turboStream.ts";

export const viewHelpers = {
  badgeCount,
  beginningOf,
  browserName,
  closureOf,
  codeOf,
  countedTitle,
  dayOf,
  describeStatus,
  displayPhoneNumber,
  domIds,
  exactTime,
  excerptOf,
  hueOf,
  initialOf,
  isEmojiOnly,
  isFailure,
  isFollowed,
  isFinal,
  mediaKind,
  mediaName,
  mediaWords,
  ownReason,
  paths,
  retryId,
  pendingMessage,
  searchSummary,
  senderLabel,
  senderName,
  shortTime,
  textParts,
  turboStream,
  unreadTotal,
  span,
};
