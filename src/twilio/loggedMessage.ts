import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import { parseStatus } from "../models/chat/messageStatus.ts";
import type { TwilioMessage } from "../models/types.ts";

/** A message as Twilio writes it in JSON, as far as we read it. */
export interface LoggedMessage {
  sid: string;
  from: string | null;
  to: string | null;
  body: string | null;
  direction: string;
  status: string;
  error_code: number | null;
  error_message: string | null;
  num_media: string | null;
  date_created: string | null;
  date_sent: string | null;
  messaging_service_sid: string | null;
}

/** Throws for an answer that is no message. */
export function fromInstance(message: MessageInstance): LoggedMessage {
  if (!message.sid) throw new Error("an answer that is no message");
  return {
    sid: message.sid,
    from: message.from,
    to: message.to,
    body: message.body,
    direction: message.direction,
    status: message.status,
    error_code: message.errorCode,
    error_message: message.errorMessage,
    num_media: message.numMedia,
    date_created: toText(message.dateCreated),
    date_sent: toText(message.dateSent),
    messaging_service_sid: message.messagingServiceSid,
  };
}

/** Undefined for a message without both ends: a Messaging Service is still choosing its sender. */
export function toMessage(logged: LoggedMessage): TwilioMessage | undefined {
  const { sid, from, to } = logged;
  if (!from || !to) return undefined;
  const inbound = logged.direction === "inbound";
  return {
    sid,
    twilioNumber: inbound ? to : from,
    target: inbound ? from : to,
    direction: inbound ? "inbound" : "outbound",
    body: logged.body ?? "",
    // Of a status that Twilio has invented since, only so much is certain: Twilio has the message.
    status: parseStatus(logged.status) ?? (inbound ? "received" : "accepted"),
    errorCode: logged.error_code ?? null,
    errorMessage: logged.error_message ?? null,
    numMedia: Number(logged.num_media) || 0,
    at: toDate(logged.date_sent) ?? toDate(logged.date_created) ?? null,
    serviceSid: logged.messaging_service_sid ?? null,
  };
}

// The SDK leaves a date that it cannot read as it came.
function toText(date: Date | string | null): string | null {
  return date === null ? null : new Date(date).toJSON();
}

function toDate(text: string | null): Date | undefined {
  const date = new Date(text ?? NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
