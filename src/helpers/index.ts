// Everything that views may call, under the name they call it by.
import { closureOf } from "../models/chat/closures.ts";
import { retryId } from "../models/chat/formIds.ts";
import { excerptOf } from "../models/chat/excerpt.ts";
import { mediaKind, mediaName } from "../models/chat/mediaTypes.ts";
import { isFailure, isFinal } from "../models/chat/messageStatus.ts";
import { describeStatus, ownReason } from "../models/chat/statusWords.ts";
import { hueOf, initialOf } from "./avatars.ts";
import { badgeCount, countedTitle } from "./badges.ts";
import { browserName } from "./browsers.ts";
import { exactTime, shortTime, span } from "./dates.ts";
import { domIds } from "./domIds.ts";
import { mediaWords } from "./mediaWords.ts";
import { paths } from "./paths.ts";
import { pendingMessage } from "./pendingMessage.ts";
import { displayPhoneNumber } from "./phoneNumbers.ts";
import { isEmojiOnly, textParts } from "./textParts.ts";
import { searchSummary } from "./searchSummary.ts";
import { turboStream } from "./turboStream.ts";

export const viewHelpers = {
  badgeCount,
  browserName,
  closureOf,
  countedTitle,
  describeStatus,
  displayPhoneNumber,
  domIds,
  exactTime,
  excerptOf,
  hueOf,
  initialOf,
  isEmojiOnly,
  isFailure,
  isFinal,
  mediaKind,
  mediaName,
  mediaWords,
  ownReason,
  paths,
  retryId,
  pendingMessage,
  searchSummary,
  shortTime,
  textParts,
  turboStream,
  span,
};
