import fc from "fast-check";
import { expect, test } from "vitest";
import { domIds } from "../../src/helpers/domIds.ts";

test("an id is fit for a selector and for an attribute, whatever it is made of", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(domIds.message(text)).toMatch(/^message_[A-Za-z0-9_]*$/);
    }),
  );
});

test("two pairs never share a thread", () => {
  const one = domIds.thread({ twilioNumber: "+1", target: "23" });
  const other = domIds.thread({ twilioNumber: "+12", target: "3" });
  expect(one).not.toBe(other);
});
