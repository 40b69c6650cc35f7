import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SandboxAccount } from "./account.ts";
import type { SandboxMedia, SandboxMessage } from "./resources.ts";

const version = { ApiVersion: "2010-04-01" };
const places = ["From", "To"].flatMap((end) =>
  ["City", "State", "Zip", "Country"].map((part) => [end + part, ""]),
);

/** What Twilio posts when a text arrives. There is no time in it. */
export function inboundForm(account: SandboxAccount, message: SandboxMessage): Record<string, string> {
  const form = { ...usualForm(account, message), ...message.webhookFields };
  const given = Object.entries(form).filter(([, value]) => value !== null);
  return Object.fromEntries(given) as Record<string, string>;
}

function usualForm(account: SandboxAccount, message: SandboxMessage): Record<string, string> {
  const { sid, from, to, body, numSegments, media, serviceSid } = message;
  return {
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    AccountSid: account.sid,
    From: from,
    To: to,
    Body: body,
    NumMedia: String(media.length),
    NumSegments: String(numSegments),
    SmsStatus: "received",
    ...version,
    ...(serviceSid ? { MessagingServiceSid: serviceSid } : {}),
    ...(Object.fromEntries(places) as Record<string, string>),
    ...geography(from, to),
    ...Object.fromEntries(media.flatMap((each, index) => mediaFields(account, message, each, index))),
  };
}

function mediaFields(
  account: SandboxAccount,
  message: SandboxMessage,
  { sid, contentType }: SandboxMedia,
  index: number,
): [string, string][] {
  const url = `https://api.twilio.com/2010-04-01/Accounts/${account.sid}/Messages/${message.sid}/Media/${sid}`;
  return [
    [`MediaUrl${index}`, url],
    [`MediaContentType${index}`, contentType],
  ];
}

function geography(from: string, to: string): Record<string, string> {
  const country = (address: string) =>
    address.startsWith("+") ? (parsePhoneNumberFromString(address)?.country ?? "") : "";
  return { FromCountry: country(from), ToCountry: country(to) };
}

/** What Twilio posts when the state of a sent message changes. */
export function statusForm(account: SandboxAccount, message: SandboxMessage): Record<string, string> {
  const { sid, status, from, to, errorCode, serviceSid, dateUpdated } = message;
  const byCarrier = to.startsWith("+") && (status === "delivered" || status === "undelivered");
  return {
    MessageSid: sid,
    SmsSid: sid,
    MessageStatus: status,
    SmsStatus: status,
    AccountSid: account.sid,
    From: from,
    To: to,
    ...version,
    ...(serviceSid ? { MessagingServiceSid: serviceSid } : {}),
    ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
    ...(byCarrier ? { RawDlrDoneDate: carrierMinute(dateUpdated) } : {}),
  };
}

/** "2611252359", as carriers write the time of a receipt. */
function carrierMinute(at: Date): string {
  return at.toISOString().replace(/\D/g, "").slice(2, 12);
}
