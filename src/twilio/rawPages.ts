import twilio from "twilio";

/** A page of a list as Twilio writes it, its entries unread. */
export interface RawPage {
  entries: unknown[];
  /** Null at the end. */
  nextPage: string | null;
}

/** Throws for an answer that is no page of such a list. */
export function readPage(answer: unknown, key: string): RawPage {
  const { statusCode, body } = answer as { statusCode: number; body: unknown };
  if (statusCode !== 200) throw new twilio.RestException({ statusCode, body: (body ?? "") as string });
  const page = (typeof body === "string" ? JSON.parse(body) : body) as Record<string, unknown> | null;
  const entries = page?.[key];
  if (!Array.isArray(entries)) throw new Error(`a page without ${key}`);
  const next = page?.next_page_uri;
  return { entries, nextPage: typeof next === "string" && next !== "" ? next : null };
}
