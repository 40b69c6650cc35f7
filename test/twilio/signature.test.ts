import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verifySignature } from "../../src/twilio/signature.ts";

type Form = Record<string, string | string[]>;

const token = "12345";

/** Twilio's rule as its documentation writes it, independent of the SDK. */
function sign(url: string, form: Form, authToken = token): string {
  const fields = Object.keys(form).sort();
  const values = (name: string) => [...new Set([form[name] ?? []].flat())].sort();
  const text =
    url +
    fields
      .map((name) =>
        values(name)
          .map((value) => name + value)
          .join(""),
      )
      .join("");
  return createHmac("sha1", authToken).update(text, "utf8").digest("base64");
}

describe("Twilio's own examples", () => {
  const form = { CallSid: "CA1234567890ABCDE", Digits: "1234", To: "+18005551212" };
  test.each([
    ["https://example.com/myapp.php?foo=1&bar=2", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="],
    ["https://mycompany.com/myapp.php?foo=1&bar=2", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="],
  ])("%s", (url, caller, signature) => {
    const whole = { ...form, Caller: caller, From: caller };
    expect(verifySignature(token, signature, url, whole)).toBe(true);
    expect(verifySignature("54321", signature, url, whole)).toBe(false);
    expect(verifySignature(token, signature, url.replace("foo=1", "foo=2"), whole)).toBe(false);
    expect(verifySignature(token, signature, url, { ...whole, Digits: "12345" })).toBe(false);
    expect(verifySignature(token, signature, url, { ...whole, More: "" })).toBe(false);
  });
});

const url = "https://inbox.example/sms";
const form: Form = {
  Body: "Grüße 👋 & more=1",
  From: "+15012080731",
  FromCity: "",
  MediaUrl: ["b", "a", "b"],
};

describe("a signature holds", () => {
  test("over empty, repeated and non-Latin fields", () => {
    expect(verifySignature(token, sign(url, form), url, form)).toBe(true);
  });

  test("over a form without a prototype, as the form parser makes it", () => {
    const parsed = Object.assign(Object.create(null) as Form, form);
    expect(verifySignature(token, sign(url, form), url, parsed)).toBe(true);
  });

  test("without the connection overrides after #, which Twilio never signs", () => {
    expect(verifySignature(token, sign(url, form), `${url}#rc=5&rp=all`, form)).toBe(true);
  });

  test("whether or not Twilio named the port", () => {
    expect(verifySignature(token, sign("https://inbox.example:443/sms", form), url, form)).toBe(true);
    expect(verifySignature(token, sign(url, form), "https://inbox.example:443/sms", form)).toBe(true);
    expect(verifySignature(token, sign(url, form), "https://inbox.example:8443/sms", form)).toBe(true);
  });

  test("over a query string as it was written", () => {
    const asked = "https://inbox.example/sms?who=a%20b&what=it's";
    expect(verifySignature(token, sign(asked, form), asked, form)).toBe(true);
  });
});

describe("a signature is refused", () => {
  test.each([undefined, "", " ", "AAAA", "not base64 at all", sign(url, form).toLowerCase()])(
    "when it is %j",
    (signature) => {
      expect(verifySignature(token, signature, url, form)).toBe(false);
    },
  );

  test.each(["", "sms", "/sms", "https://", "https://other.example/sms", "https://inbox.example/sms/"])(
    "for the address %j",
    (address) => {
      expect(verifySignature(token, sign(url, form), address, form)).toBe(false);
    },
  );

  test("when one of two values changed", () => {
    const changed = { ...form, MediaUrl: ["b", "c"] };
    expect(verifySignature(token, sign(url, form), url, changed)).toBe(false);
  });
});

describe("whatever comes in", () => {
  const text = fc.string({ unit: "binary" });
  const anyForm = fc.dictionary(text, fc.oneof(text, fc.array(text)));

  test("checking never throws", () => {
    const address = fc.oneof(
      text,
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      text.map((path) => `http://h/${path}`),
    );
    fc.assert(
      fc.property(
        text,
        fc.option(text, { nil: undefined }),
        address,
        anyForm,
        (authToken, signature, at, fields) => {
          expect(verifySignature(authToken, signature, at, fields)).toBe(false);
        },
      ),
    );
  });

  test("what Twilio signed is accepted, and with another token refused", () => {
    const address = fc.webUrl({ withQueryParameters: true });
    fc.assert(
      fc.property(address, anyForm, (at, fields) => {
        expect(verifySignature(token, sign(at, fields), at, fields)).toBe(true);
        expect(verifySignature(token, sign(at, fields, "another"), at, fields)).toBe(false);
      }),
    );
  });
});
