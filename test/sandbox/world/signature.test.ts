import { expect, test } from "vitest";
import { sign } from "../../../src/sandbox/world/signature.ts";

const url = "https://example.com/myapp.php?foo=1&bar=2";
const form = {
  To: "+18005551212",
  CallSid: "CA1234567890ABCDE",
  From: "+14158675310",
  Digits: "1234",
  Caller: "+14158675310",
};

test.each([
  ["L/OH5YylLD5NRKLltdqwSvS0BnU=", url, form],
  [
    "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    "https://mycompany.com/myapp.php?foo=1&bar=2",
    { ...form, From: "+14158675309", Caller: "+14158675309" },
  ],
])("%s is the signature that Twilio's documentation gives for %s", (signature, address, fields) => {
  expect(sign("12345", address, fields)).toBe(signature);
});

test("names are in the order of their bytes, whatever order they were told in", () => {
  const sorted = { Body: "x", To: "y", from: "z" };
  const shuffled = { from: "z", To: "y", Body: "x" };
  expect(sign("12345", url, shuffled)).toBe(sign("12345", url, sorted));
  // Capitals stand before small letters, so that "from" comes last.
  expect(sign("12345", url, sorted)).toBe(sign("12345", `${url}BodyxToyfromz`, {}));
});

test("an empty field counts by its name", () => {
  expect(sign("12345", url, { Body: "" })).toBe(sign("12345", `${url}Body`, {}));
  expect(sign("12345", url, { Body: "" })).not.toBe(sign("12345", url, {}));
});

test("another token or address makes another signature", () => {
  const signatures = [sign("12345", url, form), sign("12346", url, form), sign("12345", `${url}/`, form)];
  expect(new Set(signatures).size).toBe(3);
});
