import type { Request } from "express";
import { text } from "./format.ts";
import { TwilioError } from "./twilioError.ts";

export interface PageRequest {
  size: number;
  number: number;
  /** SID of the last record of the page before. */
  after: string | undefined;
}

const largest = 1_000;

export function pageOf(request: Request): PageRequest {
  const size = Number(text(request.query.PageSize) || 50);
  if (!Number.isInteger(size) || size < 1) throw new TwilioError(400, 20001, "Invalid PageSize");
  if (size > largest) throw new TwilioError(400, 20007, "Page size too large");
  const token = text(request.query.PageToken);
  return {
    size,
    number: Number(text(request.query.Page)) || 0,
    after: token ? token.replace(/^P[AB]/, "") : undefined,
  };
}

/** The keys beside the records: links carry the filters, the size and the token. */
export function pageMeta(
  request: Request,
  { size, number }: PageRequest,
  count: number,
  lastSid: string | undefined,
) {
  const path = request.path;
  const filters = new URLSearchParams(request.url.split("?")[1] ?? "");
  for (const name of ["Page", "PageSize", "PageToken"]) filters.delete(name);
  const link = (page: number, token?: string) => {
    const query = new URLSearchParams(filters);
    query.set("PageSize", String(size));
    query.set("Page", String(page));
    if (token) query.set("PageToken", token);
    return `${path}?${query.toString()}`;
  };
  return {
    page: number,
    page_size: size,
    start: number * size,
    end: number * size + Math.max(count - 1, 0),
    uri: request.originalUrl,
    first_page_uri: link(0),
    next_page_uri: lastSid === undefined ? null : link(number + 1, `PA${lastSid}`),
    previous_page_uri: number === 0 ? null : link(number - 1),
  };
}
