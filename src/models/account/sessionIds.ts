import { createHash } from "node:crypto";

/** What a session is known by outside its own browser: whoever reads it, in the database or on a page, cannot use it as a cookie. */
export function publicSessionId(cookieId: string): string {
  return createHash("sha256").update(cookieId).digest("hex");
}
