import { Router, type Request, type Response } from "express";
import type { SandboxAccount } from "../../world/account.ts";
import { balanceOf, usageOf, type Usage } from "../../world/usage.ts";
import { accountOf } from "../../http/authentication.ts";
import { iso8601, text } from "../../http/format.ts";
import { sendPage } from "../../http/paging.ts";
import { methodNotAllowed, refusal } from "../../http/errors.ts";

const base = "/2010-04-01/Accounts/:account";
const dayMs = 86_400_000;
const mostPeriods = 400;

/** From the first moment up to, not with, the last. */
interface Period {
  from: Date;
  until: Date;
}

interface Record extends Usage, Period {
  sid: string;
}

type Periods = (now: Date, asked: Period) => Period[];

const resources: { [name: string]: Periods } = {
  "": (_now, asked) => [asked],
  "/AllTime": (_now, asked) => [asked],
  "/Today": (now) => [days(now, 0, 1)],
  "/Yesterday": (now) => [days(now, -1, 0)],
  "/ThisMonth": (now) => [months(now, 0)],
  "/LastMonth": (now) => [months(now, -1)],
  "/Daily": (_now, asked) => split(asked, (at) => new Date(at.getTime() + dayMs)),
  "/Monthly": (_now, asked) =>
    split(asked, (at) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))),
  "/Yearly": (_now, asked) => split(asked, (at) => new Date(Date.UTC(at.getUTCFullYear() + 1, 0, 1))),
};

export function usageRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(`${base}/Balance.json`).get(balance).all(methodNotAllowed);
  for (const [name, periods] of Object.entries(resources)) {
    router
      .route(`${base}/Usage/Records${name}.json`)
      .get((request, response) => list(request, response, periods))
      .all(methodNotAllowed);
  }
  return router;
}

function balance(request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  response.json({ account_sid: account.sid, balance: balanceOf(account).toFixed(2), currency: "USD" });
}

function list(request: Request, response: Response, periods: Periods): void {
  const account = accountOf(response, text(request.params.account));
  const wanted = text(request.query.Category);
  const records = periods(new Date(), askedPeriod(request, account)).flatMap(({ from, until }) =>
    usageOf(account, from, until)
      .filter(({ category }) => !wanted || category === wanted)
      .map((usage): Record => ({ ...usage, from, until, sid: `${usage.category}${date(from)}` })),
  );
  sendPage(request, response, "usage_records", records, (record) => toJson(account, record));
}

function askedPeriod(request: Request, account: SandboxAccount): Period {
  const now = new Date();
  const first = account.log.all().at(-1)?.dateCreated ?? account.dateCreated;
  const start = text(request.query.StartDate);
  const end = text(request.query.EndDate);
  return {
    from: start ? dayOf(start, now) : midnight(first < account.dateCreated ? first : account.dateCreated),
    until: new Date((end ? dayOf(end, now) : midnight(now)).getTime() + dayMs),
  };
}

/** "2026-11-23" or, counted from today, "-30days". */
function dayOf(value: string, now: Date): Date {
  const relative = /^([+-]?\d{1,4})days?$/.exec(value);
  if (relative) return days(now, Number(relative[1]), 0).from;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(at)) throw refusal(20001, "Invalid date value");
  return new Date(at);
}

function split({ from, until }: Period, next: (at: Date) => Date): Period[] {
  const periods: Period[] = [];
  for (let at = from; at < until && periods.length < mostPeriods; at = next(at)) {
    const end = next(at);
    periods.push({ from: at, until: end < until ? end : until });
  }
  return periods;
}

function midnight(at: Date): Date {
  return new Date(Math.floor(at.getTime() / dayMs) * dayMs);
}

function days(now: Date, from: number, until: number): Period {
  const today = midnight(now).getTime();
  return { from: new Date(today + from * dayMs), until: new Date(today + until * dayMs) };
}

function months(now: Date, offset: number): Period {
  const first = (month: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1));
  return { from: first(offset), until: first(offset + 1) };
}

function date(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function toJson({ sid }: SandboxAccount, record: Record): object {
  const base = `/2010-04-01/Accounts/${sid}/Usage/Records`;
  const [start, end] = [date(record.from), date(new Date(record.until.getTime() - 1))];
  const uri = (name: string) => `${base}${name}.json?Category=${record.category}`;
  const names = Object.keys(resources).filter((name) => name !== "");
  const links = names.map((name) => [snake(name.slice(1)), uri(name)]);
  return {
    account_sid: sid,
    api_version: "2010-04-01",
    as_of: iso8601(new Date()),
    category: record.category,
    count: String(record.count),
    count_unit: record.countUnit,
    description: record.description,
    start_date: start,
    end_date: end,
    price: record.price.toFixed(5),
    price_unit: "usd",
    usage: record.category === "totalprice" ? record.usage.toFixed(5) : String(record.usage),
    usage_unit: record.usageUnit,
    uri: `${uri("")}&StartDate=${start}&EndDate=${end}`,
    subresource_uris: Object.fromEntries(links) as object,
  };
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
