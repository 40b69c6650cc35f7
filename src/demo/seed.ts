// The accounts of the demo.
import { randomBytes } from "node:crypto";
import type { Seed } from "../sandbox/world/seed.ts";
import { london, phones, shop, support, talks, trialNumber, type Line } from "./talks.ts";

/** One full and one trial account with fresh credentials; texts come to `smsUrl`. */
export function demoSeed(smsUrl: string): Seed {
  return { accounts: [fullAccount(smsUrl), trialAccount(smsUrl)] };
}

function fullAccount(smsUrl: string): Seed["accounts"][number] {
  return {
    ...credentials(),
    friendlyName: "Walnut & Sons",
    type: "Full",
    numbers: [
      { phoneNumber: shop, friendlyName: "Shop", smsUrl },
      { phoneNumber: support, friendlyName: "Support", smsUrl },
      { phoneNumber: london, friendlyName: "London", smsUrl },
    ],
    phones,
    messages: talks.flatMap(({ twilioNumber, phone, lines }) =>
      lines.map((line) => message(twilioNumber, phones[phone]?.phoneNumber ?? "", line)),
    ),
  };
}

function trialAccount(smsUrl: string): Seed["accounts"][number] {
  return {
    ...credentials(),
    friendlyName: "My first Twilio account",
    type: "Trial",
    numbers: [{ phoneNumber: trialNumber, friendlyName: "Trial number", smsUrl }],
    phones: [{ name: "My own phone", phoneNumber: "+15012080999" }],
    verified: ["+15012080999"],
  };
}

function credentials(): { sid: string; authToken: string } {
  return { sid: `AC${randomBytes(16).toString("hex")}`, authToken: randomBytes(16).toString("hex") };
}

function message(twilioNumber: string, phone: string, [minutesAgo, direction, body, errorCode]: Line) {
  const inbound = direction === "in";
  return {
    from: inbound ? phone : twilioNumber,
    to: inbound ? twilioNumber : phone,
    body,
    direction: inbound ? ("inbound" as const) : ("outbound-api" as const),
    status: inbound ? ("received" as const) : errorCode ? ("undelivered" as const) : ("delivered" as const),
    minutesAgo,
    ...(errorCode ? { errorCode } : {}),
  };
}
