import { readUpTo } from "./limitedBody.ts";
import type { SandboxMessage } from "./resources.ts";
import { newSid } from "./sids.ts";

// 5 MB for text and media together: https://www.twilio.com/docs/messaging/guides/accepted-mime-types
export const mostMediaBytes = 5 * 1024 * 1024;
export const mostMedia = 10;
const longestMs = 10_000;
const unreachable = 11200;
const tooLarge = 11751;
const unsupportedType = 12300;
const accepted =
  /^(image\/(jpeg|jpg|png|gif|heic|heif|tiff|bmp)|(video|audio)\/.+|text\/(vcard|x-vcard|directory|csv|richtext|rtf|calendar)|application\/(pdf|vcard))$/;

export function isAcceptedMedia(contentType: string): boolean {
  return accepted.test(contentType);
}

/** Takes the pictures of an outgoing message from where its sender keeps them; resolves with Twilio's code when that fails. */
export async function fetchMedia(
  message: SandboxMessage,
  urls: string[],
  closing: AbortSignal,
): Promise<number | null> {
  let bytes = Buffer.byteLength(message.body);
  for (const url of urls) {
    const fetched = await fetchPicture(url, closing);
    if (typeof fetched === "number") return fetched;
    bytes += fetched.content.length;
    if (bytes > mostMediaBytes) return tooLarge;
    message.media.push({ sid: newSid("ME"), dateCreated: new Date(), ...fetched });
  }
  return null;
}

/** One picture from where somebody keeps it, or Twilio's code for why not. */
export async function fetchPicture(
  url: string,
  closing: AbortSignal,
): Promise<{ contentType: string; content: Buffer } | number> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([closing, AbortSignal.timeout(longestMs)]) });
    if (!answer.ok) return unreachable;
    if (Number(answer.headers.get("content-length")) > mostMediaBytes) return tooLarge;
    const contentType = answer.headers.get("content-type")?.split(";")[0]?.trim() ?? "";
    if (!isAcceptedMedia(contentType)) return unsupportedType;
    const { bytes, whole } = await readUpTo(answer, mostMediaBytes);
    return whole ? { contentType, content: bytes } : tooLarge;
  } catch {
    return unreachable;
  }
}
