import { randomBytes } from "node:crypto";

/** Two letters and 32 hex digits, as Twilio makes them. */
export function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString("hex");
}

export function newToken(): string {
  return randomBytes(16).toString("hex");
}
