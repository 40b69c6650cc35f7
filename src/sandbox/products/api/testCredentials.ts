import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Unverified } from "../../world/unverified.ts";
import { text, type Form } from "../../http/format.ts";
import { TwilioError } from "../../http/errors.ts";

// Magic numbers: https://www.twilio.com/docs/iam/test-credentials
const senders: Record<string, number> = {
  "+15005550001": 21212,
  "+15005550007": 21606,
  "+15005550008": 21611,
};
const recipients: Record<string, number> = {
  "+15005550001": 21211,
  "+15005550002": 21612,
  "+15005550003": 21408,
  "+15005550004": 21610,
  "+15005550009": 21614,
};
const purchases: Record<string, number> = { "+15005550000": 21422, "+15005550001": 21421 };
const valid = "+15005550006";

const words: Record<number, string> = {
  21211: "Invalid 'To' Phone Number",
  21212: "Invalid 'From' Phone Number",
  21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
  21421: "Phone number is invalid",
  21422: "Phone number is not available",
  21452: "No phone numbers found in area code",
  21606: "The 'From' phone number is not a valid, SMS-capable number for your account",
  21610: "Attempt to send to unsubscribed recipient",
  21611: "This 'From' number has exceeded the maximum number of queued messages",
  21612: "The 'To' phone number is not currently reachable via SMS",
  21614: "'To' number is not a valid mobile number",
};

/** What test credentials get for a message; nothing is thrown for one that would be taken. */
export function checkTestMessage(form: Form, { queueFullStatus }: Unverified): void {
  const [from, to, body] = [text(form.From), text(form.To), text(form.Body)];
  if (!to) throw new TwilioError(400, 21604, "A 'To' phone number is required.");
  if (!from) throw new TwilioError(400, 21603, "A 'From' phone number is required.");
  if (from !== valid) throw refusal(senders[from] ?? 21606, queueFullStatus);
  const code = recipients[to];
  if (code) throw refusal(code);
  if (!parsePhoneNumberFromString(to)?.isPossible()) throw refusal(21211);
  if (body.length > 1_600)
    throw new TwilioError(400, 21617, "The concatenated message body exceeds the 1600 character limit");
  if (!body && !text(form.MediaUrl)) throw new TwilioError(400, 21602, "Message body is required.");
}

/** The number that test credentials would have bought. */
export function checkTestPurchase(form: Form, { otherTestPurchase }: Unverified): string {
  const [phoneNumber, areaCode] = [text(form.PhoneNumber), text(form.AreaCode)];
  if (areaCode === "500" || phoneNumber === valid) return valid;
  if (areaCode === "533") throw refusal(21452);
  throw refusal(purchases[phoneNumber] ?? otherTestPurchase);
}

function refusal(code: number, queueFullStatus = 429): TwilioError {
  return new TwilioError(code === 21611 ? queueFullStatus : 400, code, words[code] ?? "Invalid request");
}
