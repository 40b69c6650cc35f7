import * as z from "zod";
import { parseStatus } from "../../models/chat/messageStatus.ts";
import { contentTypeOf } from "../../models/chat/mediaTypes.ts";
import { locationInWords } from "../../models/chat/sharedLocation.ts";
import type { Told } from "../../models/chat/told.ts";
import type { MediaPart } from "../../models/types.ts";

// Beyond what Twilio sends, and what PostgreSQL can hold.
const mostMedia = 100;
// Twilio takes no more with one message.
const mostParts = 10;
const largestCode = 2 ** 31 - 1;

// Six times what Twilio sends, and no more than an address can need: whoever has an Auth Token can sign anything.
const longestBody = 10_000;
const longestAddress = 100;
const longestError = 500;
const address = z
  .string()
  .max(longestAddress)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u);

const optionalSid = z
  .string()
  .regex(/^[A-Z]{2}[0-9a-f]{32}$/i)
  .nullable()
  .catch(null);

const message = z.object({
  AccountSid: z.string(),
  MessageSid: z.string().regex(/^[A-Z]{2}[0-9a-f]{32}$/i),
  MessagingServiceSid: optionalSid,
});

const text = message.extend({
  From: address,
  To: address,
  Body: z.string().max(longestBody).optional().default(""),
  NumMedia: z.coerce.number().int().min(0).max(mostMedia).catch(0),
  OptOutType: z.enum(["STOP", "START", "HELP"]).optional().catch(undefined),
});

const placeName = z
  .string()
  .transform((name) => name.slice(0, longestAddress))
  .catch("");
const location = z.object({
  Latitude: z.string().min(1).transform(Number).pipe(z.number().min(-90).max(90)),
  Longitude: z.string().min(1).transform(Number).pipe(z.number().min(-180).max(180)),
  Label: placeName,
  Address: placeName,
});

// The message is known by its SID, whatever else is told.
const status = message.extend({
  From: address.catch(""),
  To: address.catch(""),
  MessageStatus: z.string(),
  ErrorCode: z.coerce.number().int().positive().max(largestCode).nullable().catch(null),
  ErrorMessage: z
    .string()
    .transform((words) => words.slice(0, longestError))
    .nullable()
    .catch(null),
});

/** What a signed form of Twilio tells, about which account. */
export interface Heard {
  accountSid: string;
  told: Told;
}

/** A text to us; undefined for any other form. Twilio's form carries no time. */
export function readText(form: unknown): Heard | undefined {
  const { data } = text.safeParse(form);
  if (!data || isStatus(form)) return undefined;
  const media = partsOf(form as Record<string, unknown>, data.NumMedia);
  const told: Told = {
    sid: data.MessageSid,
    twilioNumber: data.To,
    target: data.From,
    direction: "inbound",
    body: data.Body || locationOf(form),
    status: "received",
    errorCode: null,
    errorMessage: null,
    numMedia: data.NumMedia,
    at: null,
    serviceSid: data.MessagingServiceSid,
    ...(media ? { media } : {}),
    ...(data.OptOutType ? { optOutType: data.OptOutType } : {}),
  };
  return { accountSid: data.AccountSid, told };
}

/** What is said where somebody sent a place; empty for anything else. */
function locationOf(form: unknown): string {
  const { data } = location.safeParse(form);
  if (!data) return "";
  const { Latitude: latitude, Longitude: longitude, Label: label, Address: address } = data;
  return locationInWords({ latitude, longitude, label, address });
}

// Undefined when one of them cannot be read: then Twilio is asked for all.
function partsOf(form: Record<string, unknown>, count: number): MediaPart[] | undefined {
  if (count === 0 || count > mostParts) return undefined;
  const parts = Array.from({ length: count }, (_, index) => {
    const { [`MediaUrl${index}`]: url, [`MediaContentType${index}`]: type } = form;
    const sid = typeof url === "string" ? /\/(ME[0-9a-f]{32})$/.exec(url)?.[1] : undefined;
    return sid && { sid, contentType: contentTypeOf(typeof type === "string" ? type : "") };
  });
  const read = parts.filter((part) => typeof part === "object");
  return read.length === count ? read : undefined;
}

/** How far a message of ours is; undefined for any other form. `told` is undefined for a status that Twilio has invented since. */
export function readStatus(form: unknown): (Omit<Heard, "told"> & { told: Told | undefined }) | undefined {
  const { data } = status.safeParse(form);
  if (!data || !isStatus(form)) return undefined;
  const parsed = parseStatus(data.MessageStatus);
  const told: Told | undefined = parsed && {
    sid: data.MessageSid,
    twilioNumber: data.From,
    target: data.To,
    direction: "outbound",
    body: null,
    status: parsed,
    errorCode: data.ErrorCode,
    errorMessage: data.ErrorMessage,
    numMedia: 0,
    at: null,
    serviceSid: data.MessagingServiceSid,
  };
  return { accountSid: data.AccountSid, told };
}

// A text to us carries SmsStatus=received, and no MessageStatus but for that.
function isStatus(form: unknown): boolean {
  const { MessageStatus } = form as { MessageStatus?: unknown };
  return typeof MessageStatus === "string" && !["", "received", "receiving"].includes(MessageStatus);
}
