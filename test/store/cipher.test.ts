import { expect, test } from "vitest";
import { Cipher } from "../../src/store/cipher.ts";

const cipher = new Cipher("secret", "session");

test("what is sealed opens again with the same secret, purpose and context only", () => {
  const sealed = cipher.seal("Grüße", "a");
  expect(new Cipher("secret", "session").open(sealed, "a")).toBe("Grüße");
  expect(cipher.open(sealed, "b")).toBeUndefined();
  expect(new Cipher("other", "session").open(sealed, "a")).toBeUndefined();
  expect(new Cipher("secret", "auth-token").open(sealed, "a")).toBeUndefined();
});

test("the same text never looks the same twice", () => {
  expect(cipher.seal("text", "a")).not.toBe(cipher.seal("text", "a"));
});

test("what was cut, changed or never sealed does not open", () => {
  const sealed = cipher.seal("text", "a");
  const changed = sealed.replace(/.(?=.{9}$)/, (letter) => (letter === "A" ? "B" : "A"));
  for (const text of [sealed.slice(0, -4), changed, "v1.", "v1.AAAA", "", "text"])
    expect(cipher.open(text, "a")).toBeUndefined();
});
