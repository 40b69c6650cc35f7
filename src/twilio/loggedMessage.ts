import type { MessageInstance } from "twilio/lib/rest/api/v2010/account/message.js";
import * as z from "zod";
import { parseStatus } from "../models/chat/messageStatus.ts";
import type { TwilioMessage } from "../models/types.ts";

const text = z.string().nullable().catch(null);
// Beyond that one of the databases has no room for it.
const whole = z.coerce
  .number()
  .int()
  .max(2 ** 31 - 1);

// What a field cannot be read as counts as not told; without a SID there is no message.
const entry = z.object({
  sid: z.string().regex(/^[A-Z]{2}[0-9a-f]{32}$/i),
  from: text,
  to: text,
  body: text,
  direction: z.string().catch("outbound-api"),
  status: z.string().catch(""),
  error_code: whole.positive().nullable().catch(null),
  error_message: text,
  num_media: whole.nonnegative().catch(0),
  date_created: text,
  date_sent: text,
  messaging_service_sid: text,
});

export type LoggedMessage = z.infer<typeof entry>;

/** An entry of Twilio's log, as far as it can be read; undefined for what is no message at all. */
export function readEntry(raw: unknown): LoggedMessage | undefined {
  return entry.safeParse(raw).data;
}

/** Throws for an answer that is no message. */
export function fromInstance(message: MessageInstance): LoggedMessage {
  const logged = readEntry({
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
  });
  if (!logged) throw new Error("an answer that is no message");
  return logged;
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
    errorCode: logged.error_code,
    errorMessage: logged.error_message,
    numMedia: logged.num_media,
    at: toDate(logged.date_sent) ?? toDate(logged.date_created) ?? null,
    serviceSid: logged.messaging_service_sid,
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
