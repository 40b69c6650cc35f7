import { describe, expect, test } from "vitest";
import { anna, shop, shopNumber, shopSeed } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";

const dayMs = 86_400_000;
const now = new Date();
const dayAt = (offset: number) => new Date(now.getTime() + offset * dayMs).toISOString().slice(0, 10);

/** A text an hour of the last days, so that each day but today has 24. */
function seed() {
  const { accounts } = shopSeed();
  const midnight = Math.floor(now.getTime() / dayMs) * dayMs;
  const messages = Array.from({ length: 72 }, (_, index) => {
    const at = midnight - (index + 0.5) * 3_600_000;
    const minutesAgo = (now.getTime() - at) / 60_000;
    return { from: anna, to: shopNumber, body: "Hi", direction: "inbound" as const, minutesAgo };
  });
  Object.assign(accounts[0] ?? {}, { messages });
  return { accounts };
}
const use = useSandbox({ perFile: true, seed });

type UsageRecord = Record<string, string> & { subresource_uris: Record<string, string> };
async function records(name: string, query = "Category=sms"): Promise<UsageRecord[]> {
  const { body } = await use.call("GET", `Usage/Records${name}.json?PageSize=1000&${query}`);
  return body.usage_records as UsageRecord[];
}
const periods = async (name: string, query?: string) =>
  (await records(name, query)).map(({ start_date: start, end_date: end, count }) => [start, end, count]);

test("a record has Twilio's fields, its figures as text", async () => {
  const [record] = await records("/Yesterday");
  expect(record).toMatchObject({
    ...{ account_sid: shop.accountSid, api_version: "2010-04-01", category: "sms", description: "SMS" },
    ...{ count: "24", count_unit: "messages", usage: "24", usage_unit: "segments" },
    ...{ price: "0.19920", price_unit: "usd", start_date: dayAt(-1), end_date: dayAt(-1) },
    as_of: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:]{8}Z$/) as string,
    uri: `/2010-04-01/Accounts/${shop.accountSid}/Usage/Records.json?Category=sms&StartDate=${dayAt(-1)}&EndDate=${dayAt(-1)}`,
  });
  expect(Object.keys(record?.subresource_uris ?? {}).toSorted()).toEqual([
    "all_time",
    "daily",
    "last_month",
    "monthly",
    "this_month",
    "today",
    "yearly",
    "yesterday",
  ]);
});

describe("periods", () => {
  test("of a day are from midnight to midnight in Greenwich", async () => {
    expect(await periods("/Yesterday")).toEqual([[dayAt(-1), dayAt(-1), "24"]]);
    expect(await periods("/Today")).toEqual([[dayAt(0), dayAt(0), "0"]]);
  });

  test("of all days are one a day, oldest first, today included", async () => {
    expect(await periods("/Daily", `Category=sms&StartDate=${dayAt(-2)}`)).toEqual([
      [dayAt(-2), dayAt(-2), "24"],
      [dayAt(-1), dayAt(-1), "24"],
      [dayAt(0), dayAt(0), "0"],
    ]);
  });

  test("of months and years are those of the calendar, cut to the days that are asked for", async () => {
    const query = "Category=sms&StartDate=2025-11-15&EndDate=2026-01-10";
    const dates = async (name: string) => (await periods(name, query)).map((period) => period.slice(0, 2));
    expect(await dates("/Yearly")).toEqual([
      ["2025-11-15", "2025-12-31"],
      ["2026-01-01", "2026-01-10"],
    ]);
    expect((await dates("/Monthly")).map(([start]) => start)).toEqual([
      "2025-11-15",
      "2025-12-01",
      "2026-01-01",
    ]);
  });

  test("of this month and the last meet at the first of this one", async () => {
    const [[thisStart = ""] = []] = await periods("/ThisMonth");
    const [[lastStart = "", lastEnd = ""] = []] = await periods("/LastMonth");
    expect([thisStart, lastStart].map((date) => date.slice(8))).toEqual(["01", "01"]);
    expect(Date.parse(thisStart) - Date.parse(lastEnd)).toBe(dayMs);
  });

  test("without dates begin with the account's first message and end today", async () => {
    expect(await periods("")).toEqual([[dayAt(-3), dayAt(0), "72"]]);
    expect(await periods("/AllTime")).toEqual([[dayAt(-3), dayAt(0), "72"]]);
  });
});

describe("dates", () => {
  test("may be counted from today", async () => {
    expect(await periods("", "Category=sms&StartDate=-2days&EndDate=-1days")).toEqual([
      [dayAt(-2), dayAt(-1), "48"],
    ]);
    expect(await periods("", "Category=sms&StartDate=-1day")).toEqual([[dayAt(-1), dayAt(0), "24"]]);
  });

  test.each([
    "StartDate=yesterday",
    "EndDate=2026-13-01",
    "StartDate=2026-11-25T00:00:00Z",
    "EndDate=-1weeks",
  ])("?%s is refused with 20001", async (query) => {
    expect((await use.call("GET", `Usage/Records.json?${query}`)).body).toMatchObject({
      status: 400,
      code: 20001,
    });
  });
});

test("all categories come once each, and an unknown one not at all", async () => {
  const names = (await records("/Today", "")).map(({ category }) => category);
  expect(names).toEqual(
    expect.arrayContaining(["sms", "mms-outbound", "phonenumbers-tollfree", "totalprice"]),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(await records("/Today", "Category=pigeons")).toEqual([]);
});

test("days come page by page, each once", async () => {
  const page = async (path: string) => (await use.call("GET", path)).body;
  const first = await page(`Usage/Records/Daily.json?Category=sms&StartDate=${dayAt(-3)}&PageSize=3`);
  const second = await page(String(first.next_page_uri));
  const days = [first, second].flatMap((body) =>
    (body.usage_records as UsageRecord[]).map((each) => each.start_date),
  );
  expect(days).toEqual([-3, -2, -1, 0].map(dayAt));
});

test("the balance is 100 dollars less what was used, to the cent", async () => {
  const { body } = await use.call("GET", "Balance.json");
  const total = (await records("", "Category=totalprice"))[0]?.price ?? "";
  expect(body).toEqual({
    account_sid: shop.accountSid,
    balance: (100 - Number(total)).toFixed(2),
    currency: "USD",
  });
});
