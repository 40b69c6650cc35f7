// What a reader finds on a page, taken from its HTML.
import { anna, shopNumber } from "./people.ts";

/** The address of a conversation, of the shop's with Anna unless told otherwise. */
export function chatPath(target = anna, twilioNumber = shopNumber): string {
  return `/chat/${encodeURIComponent(twilioNumber)}/${encodeURIComponent(target)}`;
}

/** The words of a thread, oldest first. */
export function bubbles(html: string): string[] {
  const [thread = ""] = html.split('<template id="pending-message">');
  return texts(thread, /<div class="bubble">([^<]*)/g);
}

/** Where the link of this name leads. */
export function link(html: string, name: string): string {
  const [, href = ""] = new RegExp(`<a href="([^"]+)"[^>]*>${name}</a>`).exec(html) ?? [];
  return href.replaceAll("&amp;", "&").replaceAll("&#39;", "'");
}

/** The sentences of its alerts. */
export function alerts(html: string): string[] {
  return texts(html, /role="alert">([^<]+)/g);
}

/** What it says went well. */
export function notices(html: string): string[] {
  return texts(html, /class="alert[^"]*" role="status">([^<]+)/g);
}

/** The phone numbers of the table of account numbers. */
export function accountNumbers(html: string): string[] {
  return texts(html, /<th scope="row"><a[^>]*>([^<]+)/g);
}

/** The phone numbers that are for sale. */
export function offers(html: string): string[] {
  return texts(html, /name="phoneNumber" value="([^"]+)">\s*<button class="offer"/g);
}

/** The names or numbers in the list of targets. */
export function people(html: string): string[] {
  return texts(html, /class="person__name">([^<]+)/g);
}

export function heading(html: string): string | undefined {
  return texts(html, /<h1[^>]*>([^<]+)/g)[0];
}

function texts(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([, text]) => text ?? "");
}
