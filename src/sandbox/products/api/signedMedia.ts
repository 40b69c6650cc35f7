import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { text } from "../../http/format.ts";

const validMs = 4 * 60 * 60_000;
const key = randomBytes(32);

/** Where the bytes of a picture lie for a while, for whoever has the address. */
export function signedPath(path: string): string {
  const until = Date.now() + validMs;
  return `/_media${path}?until=${until}&signature=${signatureOf(path, until)}`;
}

export function isSigned(path: string, query: Request["query"]): boolean {
  const until = Number(text(query.until));
  const given = Buffer.from(text(query.signature));
  const expected = Buffer.from(signatureOf(path, until));
  return until > Date.now() && given.length === expected.length && timingSafeEqual(given, expected);
}

function signatureOf(path: string, until: number): string {
  return createHmac("sha256", key).update(`${path} ${until}`).digest("base64url");
}
