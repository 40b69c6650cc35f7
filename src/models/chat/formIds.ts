import { createHash } from "node:crypto";
import type { Pair } from "../types.ts";

const retried = /^retry-(\d+)-(.+)$/;

/** The one-time id of sending a failed message again: the same for the same failure, so that two clicks are one message. */
export function retryId(messageId: string): string {
  const [, tries, first] = retried.exec(messageId) ?? [];
  return first ? `retry-${Number(tries) + 1}-${first}` : `retry-1-${messageId}`;
}

/** The id of another text sent under an old form's id, as after Back, a change and Send: the same for the same text. */
export function changedId({ id, twilioNumber, target, body }: Pair & { id: string; body: string }): string {
  const parts = [id, twilioNumber, target, body];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}
