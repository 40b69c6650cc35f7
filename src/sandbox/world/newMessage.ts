import type { SandboxMedia, SandboxMessage } from "./resources.ts";
import { segmentsOf } from "./segments.ts";
import { newSid } from "./sids.ts";

export interface NewMedia {
  contentType: string;
  content: Buffer;
}

export type Draft = Pick<SandboxMessage, "from" | "to" | "body" | "direction" | "status"> &
  Partial<SandboxMessage> & { attachments?: NewMedia[] };

/** A message with everything that the draft leaves out. */
export function newMessage({ attachments = [], ...draft }: Draft): SandboxMessage {
  const now = draft.dateCreated ?? new Date();
  const media = attachments.map((each): SandboxMedia => ({ sid: newSid("ME"), dateCreated: now, ...each }));
  return {
    sid: newSid(media.length > 0 ? "MM" : "SM"),
    errorCode: null,
    numSegments: segmentsOf(draft.body),
    media,
    numMedia: media.length,
    serviceSid: null,
    price: null,
    dateCreated: now,
    dateUpdated: now,
    dateSent: null,
    sendAt: null,
    statusCallback: undefined,
    ...draft,
  };
}
