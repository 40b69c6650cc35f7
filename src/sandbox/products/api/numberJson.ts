import type { SandboxAccount } from "../../world/account.ts";
import type { SandboxNumber } from "../../world/resources.ts";
import { rfc2822 } from "../../http/format.ts";

export function numberJson(account: SandboxAccount, number: SandboxNumber): object {
  const { settings } = number;
  return {
    sid: number.sid,
    account_sid: account.sid,
    phone_number: number.phoneNumber,
    friendly_name: number.friendlyName,
    capabilities: number.capabilities,
    address_requirements: number.addressRequirements,
    address_sid: settings.AddressSid || null,
    identity_sid: settings.IdentitySid || null,
    bundle_sid: settings.BundleSid || null,
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
    voice_caller_id_lookup: settings.VoiceCallerIdLookup === "true",
    voice_receive_mode: settings.VoiceReceiveMode ?? "voice",
    trunk_sid: settings.TrunkSid || null,
    emergency_status: settings.EmergencyStatus ?? "Inactive",
    emergency_address_sid: settings.EmergencyAddressSid || null,
    emergency_address_status: settings.EmergencyAddressSid ? "registered" : "unregistered",
    date_created: rfc2822(number.dateCreated),
    date_updated: rfc2822(number.dateUpdated),
    uri: `/2010-04-01/Accounts/${account.sid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}
