import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SandboxAccount } from "../world/account.ts";
import { text } from "./format.ts";
import { TwilioError } from "./twilioError.ts";

export interface Sendable {
  from: string;
  to: string;
  body: string;
  statusCallback: string | undefined;
}

const trialPrefix = "Sent from your Twilio trial account - ";

/** Twilio's checks before it takes a message, in Twilio's words. */
export function checkSending(
  account: SandboxAccount,
  form: Record<string, unknown>,
  test: boolean,
): Sendable {
  const [to, from, body] = [text(form.To), text(form.From), text(form.Body)];
  if (!to) throw refusal(21604, "A 'To' phone number is required.");
  if (!from) throw refusal(21603, "A 'From' phone number is required.");
  if (!body) throw refusal(21602, "Message body is required.");
  if (body.length > 1600)
    throw refusal(21617, "The concatenated message body exceeds the 1600 character limit");
  if (!test && !account.numberFor(from)) {
    throw refusal(21659, `'From' ${from} is not a Twilio phone number or Short Code country mismatch`);
  }
  if (to === from) throw refusal(21266, "'To' and 'From' number cannot be the same");
  if (!parsePhoneNumberFromString(to)?.isValid()) throw refusal(21211, `Invalid 'To' Phone Number: ${to}`);
  if (account.blocked.has(`${from} ${to}`)) throw refusal(21610, "Attempt to send to unsubscribed recipient");
  checkTrial(account, to);
  const statusCallback = text(form.StatusCallback) || undefined;
  return { from, to, body: account.type === "Trial" ? trialPrefix + body : body, statusCallback };
}

function checkTrial(account: SandboxAccount, to: string): void {
  if (account.type !== "Trial" || account.verified.has(to)) return;
  throw refusal(
    21608,
    `The number ${to} is unverified. Trial accounts cannot send messages to unverified numbers; verify ${to} at twilio.com/user/account/phone-numbers/verified, or purchase a Twilio number to send messages to unverified numbers`,
  );
}

function refusal(code: number, message: string): TwilioError {
  return new TwilioError(400, code, message);
}
