import { beforeAll, describe, expect, test } from "vitest";
import {
  anna,
  beginner,
  beginnerNumber,
  londonNumber,
  shopNumber,
  shopSeed,
} from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox({ perFile: true });
const picture = "http://127.0.0.1:9/a.png";

let service = "";
beforeAll(async () => {
  service = await made("Support");
  await use.call("POST", `/messaging/v1/Services/${service}/AlphaSenders`, { AlphaSender: "Walnut" });
});
async function made(FriendlyName: string): Promise<string> {
  return String((await use.call("POST", "/messaging/v1/Services", { FriendlyName })).body.sid);
}

describe("a recipient", () => {
  test.each([
    ["(501) 208-0731", anna],
    ["501.208.0731", anna],
    ["+44 7400 654321", "+447400654321"],
    ["+1 501 208 0731", anna],
  ])("%s is %s", async (to, expected) => {
    expect((await use.send(to)).body).toMatchObject({ to: expected, status: "queued" });
  });

  test.each([
    ["123", 21265],
    ["123456", 21265],
    ["+1501", 21211],
    ["Anna", 21211],
    ["whatsapp:+1501", 21211],
    ["rcs:walnut", 21211],
  ])("%s is refused with %i", async (to, code) => {
    expect((await use.send(to)).body).toMatchObject({ status: 400, code });
  });
});

describe("a sender", () => {
  test.each([
    ["(501) 443-4496", shopNumber],
    [londonNumber, londonNumber],
    [`whatsapp:${shopNumber}`, `whatsapp:${shopNumber}`],
  ])("%s is %s", async (From, from) => {
    const to = From.startsWith("whatsapp") ? `whatsapp:${anna}` : anna;
    expect((await use.send(to, "Hi", { From })).body.from).toBe(from);
  });

  test.each([
    ["a number of another account", beginnerNumber, 21659],
    ["a number of nobody", "+1 (415) 555-0199", 21659],
    ["a name outside of a Service", "Walnut", 21212],
    ["another channel's address of nobody", "whatsapp:+15005550000", 21212],
  ])("%s is refused", async (_what, From, code) => {
    expect((await use.send(anna, "Hi", { From })).body).toMatchObject({ status: 400, code });
  });

  test("is a name where the Service has it", async () => {
    const named = await use.send("+447400654321", "Hi", { From: "Walnut", MessagingServiceSid: service });
    expect(named.body).toMatchObject({ status: "queued", from: "Walnut", messaging_service_sid: service });
    const other = await use.send("+447400654321", "Hi", { From: "Acorn", MessagingServiceSid: service });
    expect(other.code).toBe(21212);
  });

  test("is no name on a trial", async () => {
    const { body } = await use.call("POST", "/messaging/v1/Services", { FriendlyName: "Trial" }, beginner);
    const sid = String(body.sid);
    await use.call("POST", `/messaging/v1/Services/${sid}/AlphaSenders`, { AlphaSender: "Acorn" }, beginner);
    const form = { From: "Acorn", MessagingServiceSid: sid, To: anna, Body: "Hi" };
    expect((await use.call("POST", "Messages.json", form, beginner)).body).toMatchObject({
      status: 400,
      code: 21267,
    });
  });
});

describe("a Service or an application that there is not", () => {
  test("is 404 for the Service", async () => {
    const { body } = await use.send(anna, "Hi", { MessagingServiceSid: unknown("MG") });
    expect(body).toMatchObject({ status: 404, code: 20404 });
  });

  test("is 21420 for the application", async () => {
    expect((await use.send(anna, "Hi", { ApplicationSid: unknown("AP") })).body).toMatchObject({
      status: 400,
      code: 21420,
    });
  });
});

describe("what is said", () => {
  test.each([
    ["1,600 letters are taken", { Body: "x".repeat(1_600) }, 201, undefined],
    ["emoji count as two", { Body: "😀".repeat(801) }, 400, 21617],
    ["blanks are nothing", { Body: " \n " }, 400, 21602],
    ["a picture needs no words", { Body: "", MediaUrl: picture }, 201, undefined],
    ["a picture's address must be one", { MediaUrl: "ftp://example.com/a.png" }, 400, 21620],
    ["templates are none of the sandbox's", { ContentSid: unknown("HX") }, 400, 21655],
  ])("%s", async (_what, form, status, code) => {
    const { body: words = "Hi", ...more } = { body: undefined, ...(form as Record<string, string>) };
    const sent = await use.send(anna, words, more);
    expect([sent.status, sent.code]).toEqual([status, code]);
  });
});

describe("pictures", () => {
  test.each([
    ["from a number that takes none", anna, { From: londonNumber }, 21621],
    ["to a country that gets none", "+447400654321", {}, 21612],
    ["by a Service to a country that gets none", "+447400654321", { From: "", service: "yes" }, 21612],
    ["to Canada", "+14165550123", {}, undefined],
    ["on WhatsApp, anywhere", "whatsapp:+447400654321", { From: `whatsapp:${londonNumber}` }, undefined],
  ])("%s", async (_what, to, { service: by, ...more }: Record<string, string>, code) => {
    const form = { MediaUrl: picture, ...more, ...(by ? { MessagingServiceSid: service } : {}) };
    expect((await use.send(to, "Look", form)).code).toBe(code);
  });
});

describe("the validity period", () => {
  test.each([
    ["1", undefined],
    ["36000", undefined],
    ["0", 21624],
    ["36001", 21624],
    ["1.5", 21624],
    ["soon", 21624],
  ])("of %s seconds: %s", async (ValidityPeriod, code) => {
    expect((await use.send(anna, "Hi", { ValidityPeriod })).code).toBe(code);
  });
});

describe("the address for callbacks", () => {
  const host = "https://example.com/";
  test.each([
    ["may be long", host + "x".repeat(4_000 - host.length), undefined],
    ["may not be longer", host + "x".repeat(4_001 - host.length), 21609],
    ["may have an underscore in its path", "https://example.com/sms_status", undefined],
    ["may not have one in its host", "https://my_shop.example.com/status", 21609],
    ["must be of the web", "ftp://example.com/status", 21609],
  ])("%s", async (_what, StatusCallback, code) => {
    expect((await use.send(anna, "Hi", { StatusCallback })).code).toBe(code);
  });
});

test.each([400, 429] as const)("a full queue is %i where that is assumed", async (queueFullStatus) => {
  await use.reopen({ seed: { ...shopSeed(), unverified: { queueFullStatus } } });
  use.sandbox.world.sending.queue.turn(shopNumber, anna, 36_100);
  expect((await use.send(anna)).body).toMatchObject({ status: queueFullStatus, code: 21611 });
  expect((await use.send(anna, "Hi", { From: londonNumber })).status).toBe(201);
});

test("of several mistakes the one is told that Twilio looks for first", async () => {
  const codeOf = async (form: Record<string, string>) => (await use.call("POST", "Messages.json", form)).code;
  expect(await codeOf({})).toBe(21604);
  expect(await codeOf({ To: "nobody" })).toBe(21211);
  expect(await codeOf({ To: anna })).toBe(21603);
  expect(await codeOf({ To: anna, From: "+15005550000" })).toBe(21659);
  expect(await codeOf({ To: anna, From: shopNumber, StatusCallback: "nowhere" })).toBe(21602);
});
