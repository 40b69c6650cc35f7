import { createCipheriv, hkdfSync, randomBytes } from "node:crypto";
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

test("a new secret takes the old one's place, and opens what that had sealed", () => {
  const sealed = cipher.seal("text", "a");
  const both = new Cipher("a newer secret that is long enough by far,secret", "session");
  expect(both.open(sealed, "a")).toBe("text");
  const anew = both.seal("text", "a");
  expect(cipher.open(anew, "a")).toBeUndefined();
  expect(new Cipher("a newer secret that is long enough by far", "session").open(anew, "a")).toBe("text");
});

test("what a short secret sealed before such were stretched opens", () => {
  const [key = Buffer.alloc(0)] = [Buffer.from(hkdfSync("sha256", "secret", "parley", "session", 32))];
  const iv = randomBytes(12);
  const encrypt = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from("a"));
  const body = Buffer.concat([encrypt.update("text"), encrypt.final()]);
  const sealed = `v1.${Buffer.concat([iv, encrypt.getAuthTag(), body]).toString("base64url")}`;
  expect(cipher.open(sealed, "a")).toBe("text");
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
