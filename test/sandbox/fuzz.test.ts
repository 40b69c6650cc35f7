import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { beginner, shop, shopNumber, shopSeed } from "../support/people.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: shopSeed() });
});
afterAll(() => sandbox.close());

const base = `/2010-04-01/Accounts/${shop.accountSid}`;
const authorization = `Basic ${Buffer.from(`${shop.accountSid}:${shop.authToken}`).toString("base64")}`;

async function call(
  method: string,
  path: string,
  body: string | null,
  type = "application/x-www-form-urlencoded",
) {
  const answer = await fetch(sandbox.url + path, {
    method,
    headers: { Authorization: authorization, "Content-Type": type },
    body,
    redirect: "manual",
  });
  return { status: answer.status, text: await answer.text() };
}

function expectTwilioLike({ status, text }: { status: number; text: string }): void {
  expect(status).toBeLessThan(500);
  expect(text).not.toContain(beginner.accountSid);
  expect(text).not.toContain(beginner.authToken);
  if (status < 400) return;
  const problem = JSON.parse(text) as { status: number; code: number };
  expect(problem).toMatchObject({ status, code: expect.any(Number) as number });
}

const runs = { numRuns: 60 };
const odd = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    "%",
    "+",
    "*",
    "[",
    "(?",
    "\\",
    "\u0000",
    "-1",
    "1e9",
    "NaN",
    "null",
    "true",
    "2026-02-31",
    "9".repeat(400),
    shopNumber,
  ),
);
const record = (names: string[]) =>
  fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 12 })), odd), {
    maxLength: 8,
  });
const encode = (pairs: [string, string][]) =>
  pairs.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join("=")).join("&");

const filters: [path: string, names: string[]][] = [
  [
    `${base}/Messages.json`,
    ["To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize", "Page", "PageToken"],
  ],
  [
    `${base}/IncomingPhoneNumbers.json`,
    ["PhoneNumber", "FriendlyName", "Origin", "Beta", "PageSize", "PageToken"],
  ],
  [
    `${base}/AvailablePhoneNumbers/US/Local.json`,
    [
      "AreaCode",
      "Contains",
      "SmsEnabled",
      "NearNumber",
      "NearLatLong",
      "Distance",
      "InPostalCode",
      "InRegion",
      "InRateCenter",
      "InLata",
      "InLocality",
      "PageSize",
    ],
  ],
  [`${base}/OutgoingCallerIds.json`, ["PhoneNumber", "FriendlyName", "PageSize"]],
  [`${base}/Applications.json`, ["FriendlyName", "PageSize", "PageToken"]],
  [`${base}/Addresses.json`, ["IsoCountry", "CustomerName", "FriendlyName", "PageSize"]],
  ["/lookups/v1/PhoneNumbers/%2B15014434496", ["Type", "CountryCode", "AddOns"]],
  ["/pricing/v1/Voice/Countries", ["PageSize", "PageToken", "Page"]],
  [`${base}/Usage/Records/Daily.json`, ["Category", "StartDate", "EndDate", "PageSize", "PageToken"]],
  ["/monitor/v1/Alerts", ["LogLevel", "StartDate", "EndDate", "PageSize"]],
  ["/lookups/v2/PhoneNumbers/%2B15014434496", ["Fields", "CountryCode"]],
  ["/messaging/v1/Services", ["PageSize", "PageToken", "Page"]],
];

test.each(filters)("any filter of %s gets an answer as Twilio's", async (path, names) => {
  await fc.assert(
    fc.asyncProperty(record(names), async (pairs) =>
      expectTwilioLike(await call("GET", `${path}?${encode(pairs)}`, null)),
    ),
    runs,
  );
});

const forms: [path: string, names: string[]][] = [
  [
    `${base}/Messages.json`,
    [
      "To",
      "From",
      "Body",
      "MediaUrl",
      "StatusCallback",
      "SendAt",
      "ScheduleType",
      "ValidityPeriod",
      "MessagingServiceSid",
      "ContentSid",
    ],
  ],
  [
    `${base}/IncomingPhoneNumbers.json`,
    ["PhoneNumber", "AreaCode", "SmsUrl", "SmsMethod", "FriendlyName", "AddressSid"],
  ],
  [`${base}/OutgoingCallerIds.json`, ["PhoneNumber", "FriendlyName", "CallDelay"]],
  [`${base}.json`, ["FriendlyName", "Status"]],
  [`${base}/Keys.json`, ["FriendlyName"]],
  [`${base}/Applications.json`, ["FriendlyName", "SmsUrl", "SmsMethod", "MessageStatusCallback"]],
  [
    `${base}/Addresses.json`,
    ["CustomerName", "Street", "City", "Region", "PostalCode", "IsoCountry", "EmergencyEnabled"],
  ],
  ["/messaging/v1/Services", ["FriendlyName", "InboundRequestUrl", "InboundMethod", "ValidityPeriod"]],
];

test.each(forms)("any form posted to %s gets an answer as Twilio's", async (path, names) => {
  await fc.assert(
    fc.asyncProperty(record(names), async (pairs) =>
      expectTwilioLike(await call("POST", path, encode(pairs))),
    ),
    runs,
  );
});

test("any body of any type, and any path, gets an answer as Twilio's", async () => {
  const type = fc.constantFrom(
    "application/x-www-form-urlencoded",
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=latin1",
  );
  const segment = fc
    .string({ unit: "binary", maxLength: 20 })
    .map((text) => encodeURIComponent(text.toWellFormed()));
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary" }),
      type,
      fc.array(segment, { maxLength: 4 }),
      async (body, as, rest) => {
        expectTwilioLike(await call("POST", `${base}/${rest.join("/")}`, body.toWellFormed(), as));
        expectTwilioLike(await call("GET", `${base}/Messages/${rest.join("/")}.json`, null));
      },
    ),
    runs,
  );
});

test("what is no address, no text or too long is refused, and the sandbox lives on", async () => {
  expectTwilioLike(await call("GET", `${base}/Messages/%E0%A4%A.json`, null));
  expectTwilioLike(await call("POST", `${base}/Messages.json`, `Body=${"x".repeat(2_000_000)}`));
  expectTwilioLike(await call("POST", `${base}/Messages.json`, "Body=%E0%A4%A"));
  expect((await call("GET", `${base}/Messages.json`, null)).status).toBe(200);
});
