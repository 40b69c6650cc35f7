import { describe, expect, test } from "vitest";
import { scheduleOf } from "../../../../src/sandbox/products/api/scheduling.ts";
import { shopNumber } from "../../../support/people.ts";
import { serviceIn, worldOf } from "../../world/worlds.ts";

const service = serviceIn(worldOf().account, [shopNumber]);
const minute = 60_000;
const day = 24 * 60 * minute;
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const schedule = (form: Record<string, string>, skewMs = 0) => scheduleOf(form, service, skewMs);
const fixed = (SendAt: string, skewMs = 0) => schedule({ ScheduleType: "fixed", SendAt }, skewMs);
const refused = (code: number) => expect.objectContaining({ status: 400, code }) as Error;

test("nothing is scheduled unless somebody asks for it", () => {
  expect(schedule({})).toBeNull();
});

describe("the time of sending", () => {
  test.each([
    ["five minutes from now", 5 * minute],
    ["a day from now", day],
    ["35 days from now", 35 * day - 1_000],
  ])("may be %s", (_when, ms) => {
    const sendAt = inMs(ms);
    expect(fixed(sendAt)?.toISOString()).toBe(sendAt);
  });

  test.each([
    ["now", 0],
    ["yesterday", -day],
    ["in four minutes and a half", 4.5 * minute],
    ["more than 35 days from now", 35 * day + minute],
  ])("may not be %s", (_when, ms) => {
    expect(() => fixed(inMs(ms))).toThrow(refused(35114));
  });

  test.each([
    "tomorrow",
    "in 2 hours",
    "",
    inMs(2 * day).slice(0, 10),
    new Date(Date.now() + 2 * day).toUTCString(),
  ])("must be a moment as ISO 8601 writes it, not %j", (sendAt) =>
    expect(() => fixed(sendAt)).toThrow(refused(sendAt === "" ? 35111 : 35114)),
  );

  test("may have whole seconds or a zone of its own", () => {
    const at = inMs(day);
    expect(fixed(at.replace(/\.\d+Z/, "Z"))).not.toBeNull();
    expect(fixed(at.replace("Z", "+00:00"))?.toISOString()).toBe(at);
  });

  test("is by Twilio's clock, when that is ahead", () => {
    const hour = 60 * minute;
    expect(fixed(inMs(3 * hour), hour)?.getTime()).toBeCloseTo(Date.now() + 2 * hour, -3);
    expect(() => fixed(inMs(hour), hour)).toThrow(refused(35114));
  });
});

describe("refusals", () => {
  test.each([
    [35111, { ScheduleType: "fixed" }],
    [35126, { ScheduleType: "optimized", SendAt: inMs(day) }],
  ])("%i for %j", (code, form) => {
    expect(() => schedule(form as Record<string, string>)).toThrow(refused(code));
  });

  test("35118 without a Messaging Service", () => {
    const form = { ScheduleType: "fixed", SendAt: inMs(day) };
    expect(() => scheduleOf(form, undefined, 0)).toThrow(refused(35118));
  });
});
