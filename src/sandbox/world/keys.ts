import { randomInt } from "node:crypto";
import type { ApiKey } from "./resources.ts";
import { newSid } from "./sids.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const secretLength = 32;

export function newKey({
  sid = newSid("SK"),
  secret = newSecret(),
  friendlyName = "",
}: Partial<ApiKey>): ApiKey {
  const now = new Date();
  return { sid, secret, friendlyName, dateCreated: now, dateUpdated: now };
}

function newSecret(): string {
  return Array.from({ length: secretLength }, () => letters[randomInt(letters.length)]).join("");
}
