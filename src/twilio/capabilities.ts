export interface Capabilities {
  voice: boolean;
  sms: boolean;
  mms: boolean;
}

/** Live Twilio writes SMS and MMS of available numbers in capitals, its description does not. */
export function readCapabilities(capabilities: object | null | undefined): Capabilities {
  const able = Object.entries(capabilities ?? {}).filter(([, value]) => value === true);
  const names = new Set(able.map(([name]) => name.toLowerCase()));
  return { voice: names.has("voice"), sms: names.has("sms"), mms: names.has("mms") };
}
