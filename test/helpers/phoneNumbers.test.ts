import { expect, test } from "vitest";
import { displayPhoneNumber } from "../../src/helpers/phoneNumbers.ts";

test.each([
  ["+15014434496", "+1 501 443 4496"],
  ["+442079460018", "+44 20 7946 0018"],
  ["+4915112345678", "+49 1511 2345678"],
  ["12345", "12345"],
  ["PARLEY", "PARLEY"],
  ["whatsapp:+15014434496", "whatsapp:+15014434496"],
  ["", ""],
  ["+0", "+0"],
])("%s is shown as %s", (number, shown) => {
  expect(displayPhoneNumber(number)).toBe(shown);
});
