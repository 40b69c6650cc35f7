import type { SandboxAccount } from "../../world/account.ts";
import { channelOf } from "../../world/addresses.ts";
import { mostMedia } from "../../world/media.ts";
import { isWebAddress, text, type Form } from "../../http/format.ts";
import { refusal } from "../../http/errors.ts";

const longestBody = 1_600;

export function checkContent(body: string, mediaUrls: string[], contentSid: string): void {
  if (contentSid) throw refusal(21655, "The ContentSid is invalid");
  if (!body.trim() && mediaUrls.length === 0) throw refusal(21602, "Message body is required.");
  if (body.length > longestBody)
    throw refusal(21617, "The concatenated message body exceeds the 1600 character limit");
  if (mediaUrls.length > mostMedia) throw refusal(21623, "Number of media files exceeds allowed limit");
  const wrong = mediaUrls.find((url) => !isWebAddress(url));
  if (wrong !== undefined) throw refusal(21620, `Invalid media URL: ${wrong}`);
}

/** MMS goes from numbers that can to the United States and Canada only; other channels carry pictures anywhere. */
export function checkPictures(account: SandboxAccount, from: string, to: string): void {
  const number = account.numberFor(from);
  if (number && channelOf(from).channel === "" && !number.capabilities.mms)
    throw refusal(21621, `The 'From' number ${from} cannot send MMS`);
  if (channelOf(to).channel === "" && !to.startsWith("+1"))
    throw refusal(21612, "Message cannot be sent with the current combination of 'To' and 'From' parameters");
}

export function checkTimes(form: Form): void {
  const period = text(form.ValidityPeriod);
  if (period && !(Number.isInteger(Number(period)) && Number(period) >= 1 && Number(period) <= 36_000))
    throw refusal(21624, `The validity period ${period} is invalid`);
}
