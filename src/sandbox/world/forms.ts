import type { SandboxAccount } from "./account.ts";
import type { SandboxMessage } from "./resources.ts";

const version = { ApiVersion: "2010-04-01" };
const places = ["From", "To"].flatMap((end) =>
  ["City", "State", "Zip", "Country"].map((part) => [end + part, ""]),
);

/** What Twilio posts when a text arrives. There is no time in it. */
export function inboundForm(account: SandboxAccount, message: SandboxMessage): Record<string, string> {
  const { sid, from, to, body, numSegments, media } = message;
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
    ...(Object.fromEntries(places) as Record<string, string>),
  };
}

/** What Twilio posts when the state of a sent message changes. */
export function statusForm(account: SandboxAccount, message: SandboxMessage): Record<string, string> {
  const { sid, status, from, to, errorCode } = message;
  return {
    MessageSid: sid,
    SmsSid: sid,
    MessageStatus: status,
    SmsStatus: status,
    AccountSid: account.sid,
    From: from,
    To: to,
    ...version,
    ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
  };
}
