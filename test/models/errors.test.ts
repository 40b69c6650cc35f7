import { expect, test } from "vitest";
import * as errors from "../../src/models/errors.ts";

const { ParleyError, StoreUnavailable, BadCredentials, TwilioRefused } = errors;

test.each([
  [new errors.Invalid("No."), 422],
  [new errors.TooLarge("No."), 413],
  [new errors.TooMany("No.", 1, "tries"), 429],
  [new errors.ForeignForm(), 403],
  [new errors.NotFound(), 404],
  [new BadCredentials("wrong"), 401],
  [new TwilioRefused("No.", null), 422],
  [new errors.TwilioBusy(), 503],
  [new errors.TwilioUnreachable(), 502],
  [new errors.AnswerLost(), 504],
  [new StoreUnavailable(), 503],
  [new errors.StoreFull(), 503],
  [new errors.StoreDamaged(), 503],
  [new errors.StoreTooNew(), 503],
])("%o answers with its status, by its own name, in a sentence", (error, status) => {
  expect(error).toBeInstanceOf(ParleyError);
  expect(error.status).toBe(status);
  expect(error.name).toBe(error.constructor.name);
  expect(error.message).toMatch(/^[A-Z].*\.$/);
});

test("every trouble of the storage is one that callers wait out, each with its own sentence", () => {
  const troubles = [new errors.StoreFull(), new errors.StoreDamaged(), new errors.StoreTooNew()];
  for (const trouble of troubles) expect(trouble).toBeInstanceOf(StoreUnavailable);
  expect(new Set([new StoreUnavailable(), ...troubles].map(({ message }) => message)).size).toBe(4);
});

test("the cause is for the log, and in no sentence", () => {
  const cause = new Error("the cable");
  for (const error of [new errors.AnswerLost({ cause }), new errors.StoreFull({ cause })]) {
    expect(error.cause).toBe(cause);
    expect(error.message).not.toContain("cable");
  }
});

test.each(["wrong", "suspended", "closed", "ended", "notThisToken", "notAllowed", "test"] as const)(
  "credentials that are refused (%s) say what to do, in words of their own",
  (reason) => {
    const error = new BadCredentials(reason);
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(/[.:] (Copy|Sign|Use|Ask)/);
  },
);

test("what Twilio refuses keeps its words, its code and, where it matters, its status", () => {
  const refused = new TwilioRefused("Carrier said no", 21_610, 409);
  expect([refused.message, refused.code, refused.status]).toEqual(["Carrier said no", 21_610, 409]);
});
