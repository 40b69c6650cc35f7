import { expect, test } from "vitest";
import { adminPage, adminQuery } from "../../../src/controllers/numbers/adminPage.ts";
import { Deadline } from "../../../src/models/deadline.ts";
import { TwilioBusy, TwilioRefused } from "../../../src/models/errors.ts";
import type { Numbers } from "../../../src/models/numbers/numbers.ts";
import type { AvailableSearch } from "../../../src/models/numbers/twilio.ts";
import { ownedNumber } from "../../support/stores.ts";

const known = ownedNumber("+15550001111");
const fresh = ownedNumber("+15550002222");
const countries = [{ code: "US", name: "United States" }];
const offer = { phoneNumber: "+15550003333" };
const never = new Promise<never>(() => undefined);

/** Numbers of an account as Twilio answers for it; what was searched for. */
function numbersWith(answers: Partial<Record<"fresh" | "countries" | "available", Promise<never>>> = {}) {
  const searches: AvailableSearch[] = [];
  const numbers = {
    list: () => Promise.resolve([known]),
    fresh: () => answers.fresh ?? Promise.resolve([fresh]),
    countries: () => answers.countries ?? Promise.resolve(countries),
    available: (_: string, search: AvailableSearch) => {
      searches.push(search);
      return answers.available ?? Promise.resolve([offer]);
    },
  } as unknown as Numbers;
  return { numbers, searches };
}

test("the page shows what Twilio says now, and offers nothing until a country is chosen", async () => {
  const { numbers, searches } = numbersWith();
  const page = await adminPage(numbers, "AC1");
  expect(page).toMatchObject({ country: "", numbers: [fresh], countries, available: [], missing: [] });
  expect([page.chosen, page.needsToken, searches]).toEqual([undefined, false, []]);
});

test("a country's offers are searched for as they were asked for", async () => {
  const { numbers, searches } = numbersWith();
  const page = await adminPage(numbers, "AC1", { country: "US", type: "mobile", contains: "415" });
  expect(page.available).toEqual([offer]);
  expect(searches).toEqual([{ country: "US", type: "mobile", contains: "415" }]);
});

test.each([
  [0, true],
  [1, false],
  [2, true],
  [16, true],
  [17, false],
])("%i digits or letters are searched for: %s", async (length, isSearched) => {
  const { numbers, searches } = numbersWith();
  const page = await adminPage(numbers, "AC1", { country: "US", contains: "1".repeat(length) });
  expect(searches).toHaveLength(isSearched ? 1 : 0);
  expect(page.missing.join()).toBe(
    isSearched ? "" : `Twilio searches for 2 to 16 digits or letters, not for “${"1".repeat(length)}”.`,
  );
});

test("each part that Twilio refuses is empty with its reason, but for the numbers that are known", async () => {
  const { numbers } = numbersWith({
    fresh: Promise.reject(new TwilioBusy()),
    countries: Promise.reject(new TwilioRefused("No countries.", 20_404)),
    available: Promise.reject(new TwilioRefused("No offers.", 20_404)),
  });
  const page = await adminPage(numbers, "AC1", { country: "US" });
  expect(page).toMatchObject({ numbers: [known], countries: [], available: [] });
  expect(page.missing).toEqual([new TwilioBusy().message, "No countries.", "No offers."]);
});

test("what does not come in time is missing, and the rest of the page is there", async () => {
  const { numbers } = numbersWith({ fresh: never, available: never });
  const page = await adminPage(numbers, "AC1", { country: "US" }, new Deadline(20));
  expect(page).toMatchObject({ numbers: [known], countries, available: [] });
  expect(page.missing).toHaveLength(2);
  expect(page.missing[0]).toContain("Twilio cannot be reached");
});

test("a fault of our own is no missing part", async () => {
  const { numbers } = numbersWith({ countries: Promise.reject(new Error("a bug")) });
  await expect(adminPage(numbers, "AC1")).rejects.toThrow("a bug");
});

test.each([
  [{ country: "gb" }, { country: "GB" }],
  [{ country: "GBR" }, { country: "" }],
  [{ country: "G1" }, { country: "" }],
  [{ country: ["GB", "US"] }, { country: "" }],
  [{}, { country: "", contains: "" }],
  [{ type: "tollFree" }, { type: "tollFree" }],
  [{ type: "landline" }, { type: undefined }],
  [{ contains: " 415\0 " }, { contains: "415" }],
])("the address %j asks for %j", (query, asked) => {
  expect(adminQuery.parse(query)).toMatchObject(asked);
});
