import { refusal } from "../../http/errors.ts";
import type { Form } from "../../http/format.ts";
import { settingsFrom } from "../../http/settings.ts";
import type { SandboxNumber } from "../../world/resources.ts";

const fields = {
  urls: ["SmsUrl", "SmsFallbackUrl", "VoiceUrl", "VoiceFallbackUrl", "StatusCallback"],
  methods: ["SmsMethod", "SmsFallbackMethod", "VoiceMethod", "VoiceFallbackMethod", "StatusCallbackMethod"],
  others: [
    "SmsApplicationSid",
    "VoiceApplicationSid",
    "VoiceCallerIdLookup",
    "VoiceReceiveMode",
    "TrunkSid",
    "AddressSid",
    "IdentitySid",
    "BundleSid",
    "EmergencyStatus",
    "EmergencyAddressSid",
    "ApiVersion",
  ],
};

/** What a client wants to set on a number, checked against what the number has already. */
export function settingsOf(form: Form, current: Record<string, string>): Record<string, string> {
  const given = settingsFrom(form, fields);
  const all = { ...current, ...given };
  if (all.VoiceFallbackUrl && !all.VoiceUrl) throw refusal(21405, "VoiceFallbackUrl needs a VoiceUrl");
  if (all.SmsFallbackUrl && !all.SmsUrl) throw refusal(21406, "SmsFallbackUrl needs an SmsUrl");
  return given;
}

export function applySettings(number: SandboxNumber, settings: Record<string, string>): void {
  Object.assign(number.settings, settings);
  number.friendlyName = settings.FriendlyName || number.friendlyName;
  number.dateUpdated = new Date();
}
