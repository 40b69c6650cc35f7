// Everything that views may call, under the name they call it by.
import { describeStatus, isFailure, isFinal } from "../models/chat/messageStatus.ts";
import { isSilent } from "../models/sync/silence.ts";
import { hueOf, initialOf } from "./avatars.ts";
import { exactTime, shortTime } from "./dates.ts";
import { domIds } from "./domIds.ts";
import { paths } from "./paths.ts";
import { pendingMessage } from "./pendingMessage.ts";
import { displayPhoneNumber } from "./phoneNumbers.ts";
import { retryId } from "./retryId.ts";

export const viewHelpers = {
  describeStatus,
  displayPhoneNumber,
  domIds,
  exactTime,
  hueOf,
  initialOf,
  isFailure,
  isFinal,
  isSilent,
  paths,
  retryId,
  pendingMessage,
  shortTime,
};
