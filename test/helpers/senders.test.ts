import { expect, test } from "vitest";
import { senderName } from "../../src/helpers/senders.ts";
import { ownedNumber } from "../support/stores.ts";

const number = (friendlyName: string) => ({ ...ownedNumber("+15014434496"), friendlyName });

test.each([
  ["Shop", "Shop · +1 501 443 4496"],
  ["", "+1 501 443 4496"],
  ["(501) 443-4496", "+1 501 443 4496"],
  ["+15014434496", "+1 501 443 4496"],
  ["Line 2", "Line 2 · +1 501 443 4496"],
])("a number that is called “%s” is shown as %s", (name, shown) => {
  expect(senderName([number(name)], "+15014434496")).toBe(shown);
});

test("a sender that the account does not own has its number alone", () => {
  expect(senderName([number("Shop")], "whatsapp:+14155238886")).toBe("whatsapp:+14155238886");
});
