import { describe, expect, test } from "vitest";
import { explain, families } from "../../src/twilio/errorCatalogue.ts";

// Every code that an SMS inbox can meet, as listed in the fact sheet on Twilio.
const listed = `
  10001 10002 11100 11200 11205 11206 11210 11215 11220 11235 11236 11237 11751 12100 12102 12200 12300
  14101 14102 14103 14104 14105 14107 14108 14109 14111
  20001 20003 20005 20006 20007 20008 20009 20403 20404 20409 20422 20429 20500 20503
  21201 21202 21203 21210 21211 21212 21213 21214 21219 21264 21265 21266 21267
  21401 21402 21403 21404 21405 21406 21407 21408 21409 21420 21421 21422 21449 21450 21451 21452 21453 21457
  21458 21470 21471 21472 21473 21474 21481
  21601 21602 21603 21604 21605 21606 21607 21608 21609 21610 21611 21612 21613 21614 21615 21616 21617 21618
  21619 21620 21621 21622 21623 21624 21626 21627 21628 21629 21630 21631 21649 21650 21651 21654 21655 21656
  21659 21660 21661 21701 21702 21703 21704 21705 21710 21711 21712 21713 21714 21910
  30001 30002 30003 30004 30005 30006 30007 30008 30009 30010 30011 30012 30013 30014 30015 30016 30017 30018
  30019 30020 30021 30022 30023 30024 30025 30026 30027 30028 30029 30030 30031 30032 30033 30034 30035 30036
  30037 30038 30040 30041 30043 30409 30410 30450 30454 30485 35111 35114 35117 35118 63038 572006
`
  .trim()
  .split(/\s+/)
  .map(Number);

const codes = families.flatMap((family) => Object.keys(family).map(Number));

describe("the catalogue", () => {
  test("knows every listed code, each in one family", () => {
    expect(listed.length).toBeGreaterThanOrEqual(140);
    expect(listed.filter((code) => !codes.includes(code))).toEqual([]);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  test("speaks in whole, plain sentences and always says what to do", () => {
    for (const code of codes) {
      const { sentence, action } = explain(code, null);
      for (const text of [sentence, action]) expect(text, String(code)).toMatch(/^[A-Z][^"<>{}\n]{8,119}\.$/);
    }
  });

  test("says different things about different codes, but for the two daily limits", () => {
    const sentences = codes.map((code) => explain(code, null).sentence);
    const repeated = sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index);
    expect(repeated).toEqual([explain(30454, null).sentence]);
  });
});

test("a known code is explained in our words, whatever Twilio says, with Twilio's page", () => {
  expect(explain(21610, "Attempt to send to unsubscribed recipient")).toEqual({
    sentence: "The recipient has opted out of texts from this number.",
    action: "They must text START to it before you can write to them again.",
    code: 21610,
    url: "https://www.twilio.com/docs/errors/21610",
  });
});

test("a day's limit says until when it holds and what lifts it", () => {
  const { sentence, action } = explain(63038, "Account AC1 exceeded the 50 daily messages limit");
  expect(sentence).toContain("within 24 hours");
  expect(action).toMatch(/until .* 24 hours old.* higher limit/);
});

test("an unknown code speaks in Twilio's words", () => {
  expect(explain(99_999, "Carrier said no.")).toEqual({
    sentence: "Carrier said no.",
    action: "",
    code: 99_999,
    url: "https://www.twilio.com/docs/errors/99999",
  });
  for (const silence of [null, ""])
    expect(explain(99_999, silence).sentence).toBe("Twilio gave no reason. See what it writes about 99999.");
  expect(explain(null, null).sentence).toBe("Twilio gave no reason.");
});

test("without a code there is no page to link to", () => {
  expect(explain(null, "Twilio is busy.")).toEqual({
    sentence: "Twilio is busy.",
    action: "",
    code: null,
    url: null,
  });
});
