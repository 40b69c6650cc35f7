import { expect, test } from "vitest";
import { derivedKeys } from "../../src/store/keys.ts";

const long = "x".repeat(32);
const hex = (secret: string, purpose: "auth-token" | "session" | "cookie" = "cookie") =>
  derivedKeys(secret, purpose).map((key) => key.toString("hex"));

test("a key has 256 bits, is always the same, and another one for each secret and purpose", () => {
  expect(hex(long)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(hex(long)).toEqual(hex(long));
  const all = [hex(long), hex(`${long}x`), hex(long, "session"), hex(long, "auth-token")].flat();
  expect(new Set(all).size).toBe(4);
});

test("a secret of 32 signs is used as it is, a shorter one is stretched first and the plain one still opens", () => {
  expect(hex(long)).toHaveLength(1);
  const [stretched, plain] = hex(long.slice(1));
  expect(hex(long.slice(1))).toHaveLength(2);
  expect(stretched).not.toBe(plain);
});

test("of several secrets the newest seals, each of them opens, and so does what was one secret with a comma", () => {
  const [newer, older] = ["n".repeat(40), "o".repeat(40)];
  const keys = hex(`${newer},${older}`);
  expect(keys.slice(0, 2)).toEqual([...hex(newer), ...hex(older)]);
  expect(keys).toHaveLength(3);
  expect(hex(`,${newer},`)).toEqual(hex(newer));
});
