import { Router, type Request, type Response } from "express";
import { accountOf } from "../../http/authentication.ts";
import { methodNotAllowed, notFound } from "../../http/errors.ts";
import { formOf, rfc2822, text } from "../../http/format.ts";
import { sendPage } from "../../http/paging.ts";
import { settingsFrom } from "../../http/settings.ts";
import type { SandboxAccount } from "../../world/account.ts";
import type { SandboxApplication } from "../../world/resources.ts";
import { newSid } from "../../world/sids.ts";

const base = "/2010-04-01/Accounts/:account/Applications";
const fields = {
  urls: [
    "SmsUrl",
    "SmsFallbackUrl",
    "SmsStatusCallback",
    "MessageStatusCallback",
    "VoiceUrl",
    "VoiceFallbackUrl",
    "StatusCallback",
  ],
  methods: ["SmsMethod", "SmsFallbackMethod", "VoiceMethod", "VoiceFallbackMethod", "StatusCallbackMethod"],
  others: ["ApiVersion", "VoiceCallerIdLookup", "PublicApplicationConnectEnabled"],
};

type ApplicationRequest = Request<{ account: string; sid: string }>;

/** Webhook settings that several numbers share. */
export function applicationRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(`${base}.json`).get(list).post(create).all(methodNotAllowed);
  router.route(`${base}/:sid.json`).get(show).post(update).delete(destroy).all(methodNotAllowed);
  return router;
}

function list(request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  const name = text(request.query.FriendlyName);
  const applications = [...account.applications.values()].filter(
    ({ settings }) => !name || settings.FriendlyName === name,
  );
  sendPage(request, response, "applications", applications, (each) => toJson(account, each));
}

function create(request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  const now = new Date();
  const settings = settingsFrom(formOf(request), fields);
  const application = { sid: newSid("AP"), dateCreated: now, dateUpdated: now, settings };
  account.applications.set(application.sid, application);
  response.status(201).json(toJson(account, application));
}

function show(request: ApplicationRequest, response: Response): void {
  const { account, application } = found(request, response);
  response.json(toJson(account, application));
}

function update(request: ApplicationRequest, response: Response): void {
  const { account, application } = found(request, response);
  Object.assign(application.settings, settingsFrom(formOf(request), fields));
  application.dateUpdated = new Date();
  response.json(toJson(account, application));
}

function destroy(request: ApplicationRequest, response: Response): void {
  const { account, application } = found(request, response);
  account.applications.delete(application.sid);
  response.status(204).end();
}

function found(request: ApplicationRequest, response: Response) {
  const account = accountOf(response, request.params.account);
  const application = account.applications.get(request.params.sid);
  if (!application) throw notFound(request.path);
  return { account, application };
}

function toJson(
  account: SandboxAccount,
  { sid, settings, dateCreated, dateUpdated }: SandboxApplication,
): object {
  return {
    sid,
    account_sid: account.sid,
    api_version: settings.ApiVersion ?? "2010-04-01",
    friendly_name: settings.FriendlyName ?? "",
    sms_url: settings.SmsUrl || null,
    sms_method: settings.SmsMethod ?? "POST",
    sms_fallback_url: settings.SmsFallbackUrl || null,
    sms_fallback_method: settings.SmsFallbackMethod ?? "POST",
    sms_status_callback: settings.SmsStatusCallback || null,
    message_status_callback: settings.MessageStatusCallback || null,
    voice_url: settings.VoiceUrl || null,
    voice_method: settings.VoiceMethod ?? "POST",
    voice_fallback_url: settings.VoiceFallbackUrl || null,
    voice_fallback_method: settings.VoiceFallbackMethod ?? "POST",
    voice_caller_id_lookup: settings.VoiceCallerIdLookup === "true",
    status_callback: settings.StatusCallback || null,
    status_callback_method: settings.StatusCallbackMethod ?? "POST",
    public_application_connect_enabled: settings.PublicApplicationConnectEnabled === "true",
    date_created: rfc2822(dateCreated),
    date_updated: rfc2822(dateUpdated),
    uri: `/2010-04-01/Accounts/${account.sid}/Applications/${sid}.json`,
  };
}
