import type { Request, Response } from "express";
import { text } from "./format.ts";
import { unverifiedOf } from "./worldOf.ts";
import { TwilioError } from "./errors.ts";
import { pageMeta, type Identified, type PageRequest } from "./pageLinks.ts";

const largest = 1_000;

export function pageOf(request: Request, response: Response): PageRequest {
  const size = Number(text(request.query.PageSize) || 50);
  if (!Number.isInteger(size) || size < 1) throw new TwilioError(400, 20001, "Invalid PageSize");
  if (size > largest && unverifiedOf(response).tooLargePage === "refuse")
    throw new TwilioError(400, 20007, "Page size too large");
  const token = text(request.query.PageToken);
  const number = Math.max(0, Math.trunc(Number(text(request.query.Page))) || 0);
  const counted = token === "" && unverifiedOf(response).pageWithoutToken === "counted";
  return {
    size: Math.min(size, largest),
    number,
    skipped: counted ? number * Math.min(size, largest) : 0,
    after: token && !token.startsWith("PB") ? token.replace(/^PA/, "") : undefined,
    before: token.startsWith("PB") ? token.slice(2) : undefined,
  };
}

/** One page of a list that is kept whole, under the given key, in the shape of the 2010 API. */
export function sendPage<Item extends Identified>(
  request: Request,
  response: Response,
  key: string,
  items: Item[],
  toJson: (item: Item) => object,
): void {
  const [page, links] = turnTo(request, response, items);
  response.json({ [key]: page.map(toJson), ...links });
}

/** The same in the shape of the newer products, whose addresses are absolute and under names of their own. */
export function sendProductPage<Item extends Identified>(
  request: Request,
  response: Response,
  key: string,
  items: Item[],
  toJson: (item: Item) => object,
): void {
  const [page, links] = turnTo(request, response, items);
  response.json({
    [key]: page.map(toJson),
    meta: {
      page: links.page,
      page_size: links.page_size,
      first_page_url: productUrl(links.first_page_uri),
      previous_page_url: links.previous_page_uri && productUrl(links.previous_page_uri),
      next_page_url: links.next_page_uri && productUrl(links.next_page_uri),
      url: productUrl(request.originalUrl),
      key,
    },
  });
}

function turnTo<Item extends Identified>(request: Request, response: Response, items: Item[]) {
  const asked = pageOf(request, response);
  const [page, more] = cut(items, asked);
  return [page, pageMeta(request, asked, page, more)] as const;
}

/** "/pricing/v1/…" here is "https://pricing.twilio.com/v1/…" at Twilio. */
export function productUrl(path: string): string {
  const [, product = "", rest = ""] = /^\/([a-z]+)(\/.*)$/.exec(path) ?? [];
  return `https://${product}.twilio.com${rest}`;
}

function cut<Item extends Identified>(items: Item[], asked: PageRequest): [page: Item[], more: boolean] {
  const token = asked.after ?? asked.before;
  const known = items.findIndex(({ sid }) => sid === token);
  if (token !== undefined && known < 0) throw staleToken();
  const start = asked.before === undefined ? known + 1 + asked.skipped : Math.max(0, known - asked.size);
  const end = asked.before === undefined ? start + asked.size : known;
  return [items.slice(start, end), end < items.length];
}

export function staleToken(): TwilioError {
  return new TwilioError(400, 21481, "Invalid or stale page token");
}
