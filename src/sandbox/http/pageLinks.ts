import type { Request } from "express";

export interface PageRequest {
  size: number;
  number: number;
  /** How many records come before the page when there is no token. */
  skipped: number;
  /** SID of the last record of the page before. */
  after: string | undefined;
  /** SID of the first record of the page after. */
  before: string | undefined;
}

export interface Identified {
  sid: string;
}

/** The keys beside the records: links carry the filters, the size and the token. */
export function pageMeta(
  request: Request,
  { size, number }: PageRequest,
  records: Identified[],
  more: boolean,
) {
  const [first, last] = [records[0]?.sid, records.at(-1)?.sid];
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
    end: number * size + Math.max(records.length - 1, 0),
    uri: request.originalUrl,
    first_page_uri: link(0),
    next_page_uri: more ? link(number + 1, `PA${last}`) : null,
    previous_page_uri: number === 0 || first === undefined ? null : link(number - 1, `PB${first}`),
  };
}
