import { beforeAll, describe, expect, test } from "vitest";
import { productUrl } from "../../../src/sandbox/http/paging.ts";
import { shopSeed } from "../../support/people.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox({ perFile: true });

interface Links {
  page: number;
  page_size: number;
  start: number;
  end: number;
  uri: string;
  first_page_uri: string;
  next_page_uri: string | null;
  previous_page_uri: string | null;
}
type Page = Links & { applications: { friendly_name: string }[] };
type ProductPage = { services: { friendly_name: string }[]; meta: Record<string, string | null> };

const names = ["A", "B", "C", "D", "E"];
beforeAll(async () => {
  for (const FriendlyName of names) {
    await use.call("POST", "Applications.json", { FriendlyName });
    await use.call("POST", "/messaging/v1/Services", { FriendlyName });
  }
});

async function page(path: string): Promise<Page & { names: string }> {
  const { body } = await use.call("GET", path);
  const found = body as unknown as Page;
  return { ...found, names: found.applications.map((each) => each.friendly_name).join("") };
}

describe("a page of the 2010 API", () => {
  test("has fifty unless told otherwise, and no way on or back when that is all", async () => {
    expect(await page("Applications.json")).toMatchObject({
      ...{ names: "ABCDE", page: 0, page_size: 50, start: 0, end: 4 },
      ...{ next_page_uri: null, previous_page_uri: null },
    });
  });

  test("leads on by token until the last one, and back again to the same records", async () => {
    const first = await page("Applications.json?PageSize=2");
    const second = await page(first.next_page_uri ?? "");
    const third = await page(second.next_page_uri ?? "");
    expect([first, second, third]).toMatchObject([
      { names: "AB", page: 0, start: 0, end: 1, previous_page_uri: null },
      { names: "CD", page: 1, start: 2, end: 3 },
      { names: "E", page: 2, start: 4, end: 4, next_page_uri: null },
    ]);
    const back = await page(third.previous_page_uri ?? "");
    expect(back).toMatchObject({ names: "CD", page: 1 });
    expect((await page(back.previous_page_uri ?? "")).names).toBe("AB");
  });

  test("tells its own address as it was asked, and the first page's without a token", async () => {
    const first = await page("Applications.json?PageSize=2");
    const second = await page(first.next_page_uri ?? "");
    expect(second.uri).toBe(first.next_page_uri);
    expect(second.first_page_uri).toBe(first.first_page_uri);
    expect(second.first_page_uri).toMatch(/Applications\.json\?PageSize=2&Page=0$/);
  });

  test("keeps its filters on every link", async () => {
    await use.call("POST", "Applications.json", { FriendlyName: "A" });
    const first = await page("Applications.json?FriendlyName=A&PageSize=1");
    const second = await page(first.next_page_uri ?? "");
    expect([first.names, second.names, second.next_page_uri]).toEqual(["A", "A", null]);
    expect(second.previous_page_uri).toContain("FriendlyName=A&");
  });

  test("is empty where nothing is, and ends where it starts", async () => {
    expect(await page("Applications.json?FriendlyName=Nobody")).toMatchObject({
      names: "",
      start: 0,
      end: 0,
    });
  });
});

test("a page of the newer products has absolute addresses under the product's own name", async () => {
  const ask = async (path: string) => (await use.call("GET", path)).body as unknown as ProductPage;
  const { services, meta } = await ask("/messaging/v1/Services?PageSize=3");
  expect(services.map((each) => each.friendly_name)).toEqual(["A", "B", "C"]);
  expect(meta).toMatchObject({
    ...{ page: 0, page_size: 3, key: "services", previous_page_url: null },
    url: "https://messaging.twilio.com/v1/Services?PageSize=3",
    first_page_url: "https://messaging.twilio.com/v1/Services?PageSize=3&Page=0",
    next_page_url: expect.stringMatching(
      /^https:\/\/messaging\.twilio\.com\/v1\/Services\?.*PageToken=PAMG/,
    ) as string,
  });
  const { pathname, search } = new URL(meta.next_page_url ?? "");
  const next = await ask(`/messaging${pathname}${search}`);
  expect(next.services.map((each) => each.friendly_name)).toEqual(["D", "E"]);
  expect([next.meta.next_page_url, next.meta.previous_page_url === null]).toEqual([null, false]);
});

describe("a page that cannot be", () => {
  test.each([
    ["PageSize=0", 20001],
    ["PageSize=-1", 20001],
    ["PageSize=1.5", 20001],
    ["PageSize=many", 20001],
    ["PageSize=1001", 20007],
    ["PageToken=PAAP0", 21481],
    ["PageToken=PBAP0", 21481],
  ])("?%s is refused with %i, in either API", async (query, code) => {
    for (const path of ["Applications.json", "/messaging/v1/Services"])
      expect((await use.call("GET", `${path}?${query}`)).body).toMatchObject({ status: 400, code });
  });

  test("a page that has no number is the first", async () => {
    expect((await page("Applications.json?Page=last&PageSize=1")).page).toBe(0);
    expect((await page("Applications.json?Page=-3&PageSize=1")).page).toBe(0);
  });
});

test("a thousand is the largest page, where more is taken for that", async () => {
  await use.reopen({ seed: { ...shopSeed(), unverified: { tooLargePage: "clamp" } } });
  expect((await page("Applications.json?PageSize=5000")).page_size).toBe(1_000);
});

test.each([
  ["/pricing/v1/Messaging/Countries", "https://pricing.twilio.com/v1/Messaging/Countries"],
  ["/lookups/v2/PhoneNumbers/+1?a=/b", "https://lookups.twilio.com/v2/PhoneNumbers/+1?a=/b"],
])("%s here is %s at Twilio", (path, url) => {
  expect(productUrl(path)).toBe(url);
});
