import type { Request } from "express";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { needsToken, prove, provenForMs } from "../../src/controllers/provenSession.ts";
import type { Accounts } from "../../src/models/account/accounts.ts";
import { BadCredentials, Invalid } from "../../src/models/errors.ts";

const now = new Date("2026-11-25T12:00:00Z").getTime();
beforeEach(() => void vi.useFakeTimers({ now, toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** A request of somebody who proved so long ago who they are; never, without a time. */
function requestOf(ago?: number): Request {
  const provedAt = ago === undefined ? undefined : now - ago;
  return { session: { accountSid: "AC1", provedAt }, ip: "203.0.113.9" } as unknown as Request;
}
/** Accounts that take the one token, and what they were asked. */
function accountsWith(token: string) {
  const asked: unknown[] = [];
  const accounts = {
    prove: (credentials: { authToken: string }, address: string) => {
      asked.push([credentials, address]);
      return credentials.authToken === token
        ? Promise.resolve()
        : Promise.reject(new BadCredentials("notThisToken"));
    },
  } as unknown as Accounts;
  return { accounts, asked };
}

test.each([
  [0, false],
  [provenForMs - 1, false],
  [provenForMs, true],
  [undefined, true],
])("%s ms after a proof the token is asked for: %s", (ago, needs) => {
  expect(needsToken(requestOf(ago), provenForMs)).toBe(needs);
});

test("ten minutes after a sign-in is soon enough", () => {
  expect(provenForMs).toBe(600_000);
});

test("whoever proved it lately is asked for nothing", async () => {
  const { accounts, asked } = accountsWith("right");
  await prove(requestOf(0), accounts, { authToken: "", forMs: provenForMs });
  expect(asked).toEqual([]);
});

test("the right token proves it for the next time, with the browser's address for the limits", async () => {
  const { accounts, asked } = accountsWith("right");
  const request = requestOf();
  await prove(request, accounts, { authToken: "right", forMs: provenForMs });
  expect(asked).toEqual([[{ accountSid: "AC1", authToken: "right" }, "203.0.113.9"]]);
  expect(needsToken(request, provenForMs)).toBe(false);
});

test("a wrong token proves nothing, and none is asked for in a sentence", async () => {
  const { accounts, asked } = accountsWith("right");
  const request = requestOf();
  const wrong = prove(request, accounts, { authToken: "wrong", forMs: provenForMs });
  await expect(wrong).rejects.toThrow(BadCredentials);
  const none = prove(request, accounts, { authToken: "", forMs: provenForMs });
  await expect(none).rejects.toThrow(Invalid);
  expect(asked).toHaveLength(1);
  expect(needsToken(request, provenForMs)).toBe(true);
});
