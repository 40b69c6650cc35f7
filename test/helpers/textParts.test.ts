import fc from "fast-check";
import { expect, test } from "vitest";
import { isEmojiOnly, textParts } from "../../src/helpers/textParts.ts";

const linksOf = (text: string) => textParts(text).flatMap(({ href }) => href ?? []);

test.each([
  ["See https://example.com/a?b=c#d.", ["https://example.com/a?b=c#d"]],
  ["(www.example.com/x_(y))", ["http://www.example.com/x_(y)"]],
  ["Write to anna@example.com, please", ["mailto:anna@example.com"]],
  [
    "https://münchen.example/straße und http://a.example",
    ["https://münchen.example/straße", "http://a.example"],
  ],
  ["shop.example.com", ["http://shop.example.com"]],
  ["Ends.Without a space, e.g. like this", []],
  ["1.5 hours at 10.30", []],
  ["javascript:alert(1) data:text/html,x //evil.example ftp://a.example", []],
  ["nothing", []],
])("%j links to %j", (text, links) => {
  expect(linksOf(text)).toEqual(links);
});

test("phone numbers lead to their conversation, those without + in the reader's country", () => {
  const reader = { number: "+15014434496", hrefOfNumber: (number: string) => `/to/${number}` };
  const text = "Call +44 7400 123456 or (501) 208-0947, not 12345; see https://a.example/5012080947";
  expect(textParts(text, reader).flatMap(({ href }) => href ?? [])).toEqual([
    "/to/+447400123456",
    "/to/+15012080947",
    "https://a.example/5012080947",
  ]);
  expect(
    textParts(text, reader)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
  expect(textParts("Ring 020 7946 0958", { ...reader, number: "+447400123456" })[1]?.href).toBe(
    "/to/+442079460958",
  );
});

test("the pieces are the text, whatever it is, and lead nowhere but to the web or a mailbox", () => {
  const word = fc.constantFrom(
    "https://a.example/",
    "www.b.example",
    "c@d.example",
    "<b>",
    '"',
    " ",
    "\n",
    "é",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ unit: "binary" })), { maxLength: 12 }), (words) => {
      const text = words.join("");
      expect(
        textParts(text)
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
      for (const href of linksOf(text)) expect(href).toMatch(/^(https?:\/\/|mailto:)/i);
    }),
  );
});

test("the first fifty links of a text are enough", () => {
  const text = "a.com ".repeat(60);
  expect(linksOf(text)).toHaveLength(50);
  expect(textParts(text).at(-1)?.text).toContain("a.com a.com");
});

test.each(["👍", "❤️ ❤️", "👩‍👩‍👧‍👦", "🇩🇪🇫🇷🇮🇹", "👋🏽\n"])("%j is emoji alone", (text) => {
  expect(isEmojiOnly(text)).toBe(true);
});

test.each(["", "1", "👍 ok", "👍👍👍👍", ":)", "©"])("%j is not", (text) => {
  expect(isEmojiOnly(text)).toBe(false);
});
