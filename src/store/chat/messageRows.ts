import { rank } from "../../models/chat/messageStatus.ts";
import type { Message, MessageStatus, TwilioMessage } from "../../models/types.ts";
import type { MessageRow } from "../engines/schema.ts";
import { storable } from "../engines/columnText.ts";

const sameMomentMs = 5_000;
const withinSecondMs = 999;

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    sid: row.sid,
    twilioNumber: row.twilio_number,
    target: row.target,
    direction: row.direction,
    body: row.body,
    status: row.status,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    numMedia: row.num_media,
    at: new Date(row.at),
  };
}

/** A message that we first hear of from Twilio. */
export function newRow(accountSid: string, message: TwilioMessage): MessageRow {
  return {
    account_sid: accountSid,
    id: message.sid,
    sid: message.sid,
    twilio_number: message.twilioNumber,
    target: message.target,
    direction: message.direction,
    body: storable(message.body),
    ...standing(message.status),
    error_code: message.errorCode,
    error_message: message.errorMessage,
    num_media: message.numMedia,
    at: message.at.getTime(),
    touched_at: Date.now(),
  };
}

export function standing(status: MessageStatus): Pick<MessageRow, "status" | "status_rank"> {
  return { status, status_rank: rank(status) };
}

/** The row after its status moved; the same row when it would not be a move forward. */
export function advanced(
  row: MessageRow,
  status: MessageStatus,
  error: { code: number | null; message: string | null },
): MessageRow {
  if (rank(status) <= row.status_rank) return row;
  return { ...row, ...standing(status), ...errorOf(row, error), touched_at: Date.now() };
}

/** The row after Twilio's log told of it: the log is the truth, but what it says of a status may be late. */
export function corrected(row: MessageRow, logged: TwilioMessage): MessageRow {
  const error = { code: logged.errorCode, message: logged.errorMessage };
  const moved = advanced(row, logged.status, error);
  const current = rank(logged.status) >= row.status_rank ? { ...moved, ...errorOf(row, error) } : moved;
  return {
    ...current,
    body: storable(logged.body),
    num_media: logged.numMedia,
    at: correctedTime(row, logged),
  };
}

/** One of ours after Twilio took it. `seen` is what a webhook or poll already made of the same message. */
export function claimed(ours: MessageRow, accepted: TwilioMessage, seen: MessageRow | undefined): MessageRow {
  const answer = newRow(ours.account_sid, accepted);
  const { status, status_rank, error_code, error_message } =
    seen && seen.status_rank > answer.status_rank ? seen : answer;
  return {
    ...ours,
    sid: accepted.sid,
    ...{ status, status_rank, error_code, error_message },
    body: answer.body,
    num_media: answer.num_media,
    at: correctedTime(ours, accepted),
    touched_at: answer.touched_at,
  };
}

export function differs(a: MessageRow, b: MessageRow): boolean {
  return visible.some((column) => a[column] !== b[column]);
}

const visible = ["sid", "body", "status", "error_code", "error_message", "num_media", "at"] as const;

/** Whether what a conversation shows of its last message may be different now. */
export function isSaidDifferently(a: MessageRow, b: MessageRow): boolean {
  return a.body !== b.body || a.num_media !== b.num_media || a.at !== b.at;
}

// Twilio may tell an error later than the status, but never takes one back.
function errorOf(row: MessageRow, error: { code: number | null; message: string | null }) {
  return {
    error_code: error.code ?? row.error_code,
    error_message: error.message ?? row.error_message,
  };
}

// Twilio's times are whole seconds; ours keep the order of what happened within one, or while we sent it.
function correctedTime(row: MessageRow, logged: TwilioMessage): number {
  const at = logged.at.getTime();
  if (row.direction === "inbound") return Math.min(Math.max(row.at, at), at + withinSecondMs);
  return Math.abs(at - row.at) > sameMomentMs ? at : row.at;
}
