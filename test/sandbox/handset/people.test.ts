import { describe, expect, test } from "vitest";
import { display, hueOf, initialOf, peopleOf } from "../../../src/sandbox/handset/people.ts";
import { anna } from "../../support/people.ts";
import { messageOf, worldOf } from "../world/worlds.ts";

describe("people", () => {
  test("are those with names, then who texted last, each once", () => {
    const { account } = worldOf();
    for (const from of ["+15012080001", "WALNUT", "+15012080001"])
      account.log.add(messageOf({ from, body: `From ${from}` }));
    const people = peopleOf(account);
    expect(people.map(({ name, phoneNumber }) => name || phoneNumber)).toEqual([
      "Anna",
      "Ben",
      "+15012080001",
      "WALNUT",
    ]);
    expect(people.map(({ last }) => last?.body)).toEqual([
      ...["Yes, the last one.", undefined, "From +15012080001", "From WALNUT"],
    ]);
  });

  test.each([
    [anna, "+1 501 208 0731"],
    [`whatsapp:${anna}`, "+1 501 208 0731 · whatsapp"],
    ["rcs:walnut_agent", "walnut_agent · rcs"],
    ["32665", "32665"],
  ])("%s is shown as %s", (address, shown) => {
    expect(display(address)).toBe(shown);
  });

  test.each([
    ["Anna", "A"],
    [" élise", "É"],
    ["42", ""],
    ["", ""],
  ])("%j has the initial %j", (name, initial) => {
    expect(initialOf({ name, phoneNumber: anna })).toBe(initial);
  });

  test("get one of twelve colours, and not all the same", () => {
    const hues = Array.from({ length: 50 }, (_, index) => hueOf(`+1501208${1_000 + index}`));
    expect(hues.every((hue) => /^hue-([0-9]|1[01])$/.test(hue))).toBe(true);
    expect(new Set(hues).size).toBeGreaterThan(6);
  });
});
