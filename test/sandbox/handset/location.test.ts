import { describe, expect, test } from "vitest";
import { backTo, locationOf, pathTo } from "../../../src/sandbox/handset/location.ts";
import { anna, ben, shopNumber } from "../../support/people.ts";

describe("the address of the page", () => {
  test.each([
    [{}, { pane: "phone", size: 50, account: "", calls: "" }],
    [
      { pane: "log", size: "120" },
      { pane: "log", size: 120 },
    ],
    [
      { pane: "kitchen", size: "many" },
      { pane: "phone", size: 50 },
    ],
    [{ size: "7" }, { size: 50 }],
    [{ size: "9999" }, { size: 500 }],
    [{ phone: [anna, ben] }, { phone: anna }],
  ])("%j says %j", (query, location) => {
    expect(locationOf(query)).toMatchObject(location);
  });

  test("leaves out what is as usual, and is read as it was written", () => {
    expect(pathTo({ pane: "phone", size: 50, calls: "" })).toBe("/");
    const location = {
      account: "AC1",
      phone: anna,
      number: shopNumber,
      pane: "log",
      calls: "api",
      size: 100,
    } as const;
    const query = Object.fromEntries(new URL(pathTo(location), "http://handset").searchParams);
    expect(locationOf(query)).toEqual(location);
  });

  test.each([
    ["/?pane=log&wrong=phone", undefined, "/?pane=log"],
    ["/?pane=log", "picture", "/?pane=log&wrong=picture"],
    ["/", undefined, "/"],
    ["/handset/events?a=b", undefined, "/"],
    [undefined, "phone", "/?wrong=phone"],
  ])("after a form of %s with the mistake %s is %s", (given, wrong, path) => {
    expect(backTo(given, wrong)).toBe(path);
  });
});
