import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SandboxAccount } from "../../world/account.ts";
import { channelOf } from "../../world/addresses.ts";
import type { SandboxService } from "../../world/resources.ts";
import type { Outgoing } from "../../world/sending.ts";
import type { World } from "../../world/world.ts";
import { isWebAddress, text, texts, type Form } from "../../http/format.ts";
import { checkContent, checkPictures, checkTimes } from "./contentRules.ts";
import { scheduleOf } from "./scheduling.ts";
import { checkTrial, trialBody } from "./trialRules.ts";
import { refusal, TwilioError } from "../../http/errors.ts";

export interface SendRequest {
  form: Form;
  /** How far Twilio's clock is ahead of this machine's. */
  skewMs: number;
}

const longestCallback = 4_000;

/** Twilio's checks before it takes a message, in Twilio's order and words. */
export function checkSending(world: World, account: SandboxAccount, request: SendRequest): Outgoing {
  const { form, skewMs } = request;
  const to = checkRecipient(text(form.To));
  const service = serviceOf(account, text(form.MessagingServiceSid));
  const from = checkSender(account, service, text(form.From));
  if (to === from) throw refusal(21266, "'To' and 'From' number cannot be the same");
  if (from !== "" && channelOf(to).channel !== channelOf(from).channel)
    throw refusal(21910, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel");
  const mediaUrls = texts(form.MediaUrl);
  const body = text(form.Body);
  checkContent(body, mediaUrls, text(form.ContentSid));
  if (mediaUrls.length > 0) checkPictures(account, from, to);
  checkTimes(form);
  if (from !== "" && account.isBlocked(from, to))
    throw refusal(21610, "Attempt to send to unsubscribed recipient");
  checkTrial(account, to, body);
  checkQueue(world, from);
  return {
    from,
    to,
    body: trialBody(account, body),
    direction: "outbound-api",
    statusCallback: callbackOf(text(form.StatusCallback)) ?? applicationCallback(account, form),
    service,
    mediaUrls,
    sendAt: scheduleOf(form, service, skewMs),
  };
}

function checkRecipient(to: string): string {
  if (!to) throw refusal(21604, "A 'To' phone number is required.");
  if (/^\d{3,6}$/.test(to)) throw refusal(21265, "'To' number cannot be a Short Code");
  const { channel, phoneNumber } = channelOf(to);
  const parsed = parsePhoneNumberFromString(phoneNumber, "US");
  if (!parsed?.isValid()) throw refusal(21211, `Invalid 'To' Phone Number: ${to}`);
  return channel ? `${channel}:${parsed.number}` : parsed.number;
}

function checkSender(account: SandboxAccount, service: SandboxService | undefined, given: string): string {
  if (!given && service) return "";
  if (!given) throw refusal(21603, "A 'From' phone number is required.");
  const alpha = [...(service?.alphaSenders.values() ?? [])].find(({ alphaSender }) => alphaSender === given);
  if (alpha && account.type === "Trial")
    throw refusal(21267, "Alphanumeric Sender IDs cannot be used by trial accounts");
  if (alpha) return alpha.alphaSender;
  const from = account.numberFor(given) ? given : (parsePhoneNumberFromString(given, "US")?.number ?? given);
  const number = account.numberFor(from);
  if (!number) {
    if (!/^\+?[\d\s().-]+$/.test(given)) throw refusal(21212, `The 'From' number ${given} is not valid`);
    throw refusal(21659, `'From' ${given} is not a Twilio phone number or Short Code country mismatch`);
  }
  if (!number.capabilities.sms) throw refusal(21606, `The 'From' phone number ${from} cannot send messages`);
  return from;
}

function serviceOf(account: SandboxAccount, sid: string): SandboxService | undefined {
  if (!sid) return undefined;
  const service = account.services.get(sid);
  if (!service) throw new TwilioError(404, 20404, `The requested resource ${sid} was not found`);
  return service;
}

function checkQueue({ sending, unverified }: World, from: string): void {
  if (from === "" || !sending.queue.isFull(from)) return;
  throw new TwilioError(
    unverified.queueFullStatus,
    21611,
    "This 'From' number has exceeded the maximum number of queued messages",
  );
}

function applicationCallback(account: SandboxAccount, form: Form): string | undefined {
  const sid = text(form.ApplicationSid);
  const settings = account.applications.get(sid)?.settings;
  if (sid && !settings) throw refusal(21420, `ApplicationSid ${sid} is not accessible`);
  return settings?.MessageStatusCallback || settings?.SmsStatusCallback || undefined;
}

function callbackOf(url: string): string | undefined {
  if (!url) return undefined;
  if (!isWebAddress(url) || url.length > longestCallback || /^https?:\/\/[^/?#]*_/.test(url))
    throw refusal(21609, `The 'StatusCallback' URL ${url} is not a valid URL.`);
  return url;
}
