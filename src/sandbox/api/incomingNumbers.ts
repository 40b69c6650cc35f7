import { Router, type Request } from "express";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SandboxAccount } from "../world/account.ts";
import type { SandboxNumber } from "../world/resources.ts";
import type { World } from "../world/world.ts";
import { accountOf } from "./authentication.ts";
import { rfc2822, text } from "./format.ts";
import { pageMeta, pageOf } from "./paging.ts";
import { notFound, TwilioError } from "./twilioError.ts";

const base = "/2010-04-01/Accounts/:account/IncomingPhoneNumbers";

export function incomingNumberRoutes(world: World): Router {
  const router = Router();
  router.get(`${base}.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const asked = pageOf(request);
    const wanted = text(request.query.PhoneNumber).replace(/[^\d]/g, "");
    const all = [...account.numbers.values()].filter(({ phoneNumber }) => phoneNumber.includes(wanted));
    const first = asked.after ? all.findIndex(({ sid }) => sid === asked.after) + 1 : 0;
    const numbers = all.slice(first, first + asked.size);
    const last = first + asked.size < all.length ? numbers.at(-1)?.sid : undefined;
    response.json({
      incoming_phone_numbers: numbers.map((number) => toJson(account, number)),
      ...pageMeta(request, asked, numbers.length, last),
    });
  });
  router.post(`${base}.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    response.status(201).json(toJson(account, buy(world, account, request.body as Record<string, unknown>)));
  });
  router.get(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    response.json(toJson(account, found(account, request.params.sid, request)));
  });
  router.post(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const number = found(account, request.params.sid, request);
    Object.assign(number.settings, fieldsOf(request.body as Record<string, unknown>));
    number.friendlyName = number.settings.FriendlyName ?? number.friendlyName;
    number.dateUpdated = new Date();
    response.json(toJson(account, number));
  });
  router.delete(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    account.numbers.delete(found(account, request.params.sid, request).sid);
    response.status(204).end();
  });
  return router;
}

function buy(world: World, account: SandboxAccount, form: Record<string, unknown>): SandboxNumber {
  const phoneNumber = text(form.PhoneNumber);
  if (account.type === "Trial" && account.numbers.size > 0) {
    throw new TwilioError(
      400,
      21404,
      "Unable to create record: Trial accounts are allowed only one Twilio number. To purchase additional numbers, please upgrade your account.",
    );
  }
  const parsed = parsePhoneNumberFromString(phoneNumber);
  if (!parsed?.isValid()) throw new TwilioError(400, 21421, `Phone number ${phoneNumber} is invalid`);
  const taken = world.ownerOf(phoneNumber) ?? world.faults.take(["numberSold"]);
  if (taken) throw new TwilioError(400, 21422, `Unable to create record: ${phoneNumber} is not available.`);
  return account.addNumber(phoneNumber, { FriendlyName: parsed.formatNational(), ...fieldsOf(form) });
}

function fieldsOf(form: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, text(value)]));
}

function found(account: SandboxAccount, sid: string, request: Request): SandboxNumber {
  const number = account.numbers.get(sid);
  if (!number) throw notFound(request.path);
  return number;
}

function toJson(account: SandboxAccount, number: SandboxNumber): object {
  const { settings } = number;
  return {
    sid: number.sid,
    account_sid: account.sid,
    phone_number: number.phoneNumber,
    friendly_name: number.friendlyName,
    capabilities: number.capabilities,
    address_requirements: "none",
    address_sid: null,
    identity_sid: null,
    bundle_sid: null,
    beta: false,
    origin: "twilio",
    api_version: "2010-04-01",
    status: "in-use",
    type: number.type,
    sms_url: settings.SmsUrl ?? "",
    sms_method: settings.SmsMethod ?? "POST",
    sms_fallback_url: settings.SmsFallbackUrl ?? "",
    sms_fallback_method: settings.SmsFallbackMethod ?? "POST",
    sms_application_sid: settings.SmsApplicationSid ?? "",
    status_callback: settings.StatusCallback ?? "",
    status_callback_method: settings.StatusCallbackMethod ?? "POST",
    voice_url: settings.VoiceUrl ?? "",
    voice_method: settings.VoiceMethod ?? "POST",
    voice_fallback_url: settings.VoiceFallbackUrl ?? "",
    voice_fallback_method: settings.VoiceFallbackMethod ?? "POST",
    voice_application_sid: settings.VoiceApplicationSid ?? "",
    voice_caller_id_lookup: false,
    voice_receive_mode: "voice",
    trunk_sid: null,
    emergency_status: "Inactive",
    emergency_address_sid: null,
    emergency_address_status: "unregistered",
    date_created: rfc2822(number.dateCreated),
    date_updated: rfc2822(number.dateUpdated),
    uri: `/2010-04-01/Accounts/${account.sid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}
