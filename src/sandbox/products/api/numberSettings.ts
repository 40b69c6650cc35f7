import type { SandboxNumber } from "../../world/resources.ts";
import { fieldsOf, isWebAddress, type Form } from "../../http/format.ts";
import { refusal } from "../../http/errors.ts";

const urls = ["SmsUrl", "SmsFallbackUrl", "VoiceUrl", "VoiceFallbackUrl", "StatusCallback"];
const methods = [
  "SmsMethod",
  "SmsFallbackMethod",
  "VoiceMethod",
  "VoiceFallbackMethod",
  "StatusCallbackMethod",
];
const names = new Set([
  ...urls,
  ...methods,
  "FriendlyName",
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
]);
const longestName = 64;

/** What a client wants to set on a number, checked against what the number has already. */
export function settingsOf(form: Form, current: Record<string, string>): Record<string, string> {
  const given = fieldsOf(form, names);
  for (const name of methods) if (given[name] !== undefined) given[name] = methodOf(given[name]);
  const wrong = urls.find((name) => given[name] && !isWebAddress(given[name]));
  if (wrong) throw refusal(21402, `${wrong} is not a valid URL: ${given[wrong] ?? ""}`);
  if ((given.FriendlyName ?? "").length > longestName)
    throw refusal(20001, "FriendlyName may have 64 characters at most");
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

function methodOf(value: string): string {
  const method = value.toUpperCase();
  if (method !== "GET" && method !== "POST") throw refusal(21403, `Method must be GET or POST, not ${value}`);
  return method;
}
