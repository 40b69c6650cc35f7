import { describe, expect, test } from "vitest";
import { failures, stateOf } from "../../../src/sandbox/handset/states.ts";
import { secondOf, timeOf } from "../../../src/sandbox/handset/times.ts";
import { messageOf } from "../world/worlds.ts";

describe("a message's state", () => {
  test.each([
    ["queued", null, { word: "Queued", icon: "clock", failed: false }],
    ["delivered", null, { word: "Delivered", icon: "check-all", failed: false }],
    ["undelivered", 30003, { word: "Undelivered · 30003", reason: "phone off or unreachable", failed: true }],
    ["failed", 30034, { word: "Failed · 30034", reason: "", failed: true }],
    ["canceled", null, { word: "Canceled", failed: false }],
    ["teleported", null, { word: "teleported", icon: "question-circle" }],
  ])("%s with %s", (status, errorCode, state) => {
    expect(stateOf(messageOf({ status, errorCode }))).toMatchObject(state);
  });

  test("may be made to fail with every code that has words", () => {
    expect(failures.map(({ code }) => code)).toEqual([30003, 30005, 30006, 30007, 30008]);
  });
});

describe("times", () => {
  test("are hours today, and have their day before, by Greenwich's calendar", () => {
    const today = new Date();
    expect(timeOf(today)).toBe(today.toISOString().slice(11, 16));
    expect(timeOf(new Date("2025-11-22T14:03:00Z"))).toBe("22 Nov, 14:03");
    expect(secondOf(new Date("2025-11-22T14:03:09.999Z"))).toBe("14:03:09");
  });

  test("of today are today's also where the machine's own day is another", () => {
    const home = process.env.TZ;
    const at = new Date();
    const [start, end] = [
      at.toISOString().replace(/T.*/, "T00:00:30Z"),
      at.toISOString().replace(/T.*/, "T23:59:30Z"),
    ];
    try {
      process.env.TZ = "Pacific/Honolulu";
      expect([timeOf(new Date(start)), timeOf(new Date(end))]).toEqual(["00:00", "23:59"]);
    } finally {
      if (home === undefined) delete process.env.TZ;
      else process.env.TZ = home;
    }
  });
});
