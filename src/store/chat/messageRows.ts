import { rank } from "../../models/chat/messageStatus.ts";
import type { Message } from "../../models/types.ts";
import type { MessageRow } from "../engines/schema.ts";

/** What the column says where the id is Twilio's SID. */
export const idIsSid = "=";

/** With the addresses of its conversation. */
export type PairedRow = MessageRow & { twilio_number: string; target: string };

export function toMessage(row: PairedRow): Message {
  return {
    id: row.id,
    sid: row.sid === idIsSid ? row.id : row.sid,
    twilioNumber: row.twilio_number,
    target: row.target,
    direction: row.direction,
    body: row.body,
    status: row.status,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    numMedia: row.num_media,
    at: new Date(row.at),
    optOut: row.opt_out,
    serviceSid: row.service_sid,
    redacted: row.redacted === 1,
  };
}

export function toRow(
  place: Pick<MessageRow, "key" | "account" | "conversation" | "holder">,
  message: Message,
): MessageRow {
  return {
    ...place,
    id: message.id,
    sid: message.sid === message.id ? idIsSid : message.sid,
    direction: message.direction,
    body: message.body,
    status: message.status,
    status_rank: rank(message.status),
    error_code: message.errorCode,
    error_message: message.errorMessage,
    num_media: message.numMedia,
    at: message.at.getTime(),
    opt_out: message.optOut,
    service_sid: message.serviceSid,
    redacted: Number(message.redacted),
    touched_at: Date.now(),
  };
}
