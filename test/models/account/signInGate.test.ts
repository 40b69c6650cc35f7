import { expect, test } from "vitest";
import { SignInGate } from "../../../src/models/account/signInGate.ts";
import { BadCredentials, TwilioUnreachable } from "../../../src/models/errors.ts";
import type { LimitName } from "../../../src/models/limits.ts";
import { countedLimits } from "../../support/limits.ts";

interface From {
  account?: string;
  address?: string;
}

/** A gate with the usual limits, but for these. */
function gate(points: Partial<Record<LimitName, number>> = {}) {
  const own = new SignInGate(countedLimits(points).limits);
  return <T>(ask: () => Promise<T>, { account = "AC1", address = "10.0.0.1" }: From = {}) =>
    own.pass(account, address, ask);
}

const yes = () => Promise.resolve("yes");
const no = () => Promise.reject(new BadCredentials("wrong"));
const unreachable = () => Promise.reject(new TwilioUnreachable());

/** Attempts that hang until they are let go. */
function hanging() {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { ask: () => promise, letGo: () => resolve("yes") };
}

test("whoever gets the answer gets it whole, and a failure as it was", async () => {
  const pass = gate();
  expect(await pass(yes)).toBe("yes");
  await expect(pass(unreachable)).rejects.toThrow(TwilioUnreachable);
});

test("as many failures as the limit says are let through, the next attempt is refused before anybody is asked", async () => {
  const pass = gate({ signInsFrom: 3 });
  for (let attempt = 0; attempt < 3; attempt += 1) await expect(pass(no)).rejects.toThrow(BadCredentials);
  let asked = false;
  const attempt = pass(() => {
    asked = true;
    return yes();
  });
  await expect(attempt).rejects.toMatchObject({ limit: "signInsFrom" });
  expect(asked).toBe(false);
});

test("neither a success nor Twilio's silence uses the limit up, for the network or for the account", async () => {
  const pass = gate({ signInsFrom: 1, signInsTo: 1 });
  for (const ask of [yes, yes]) expect(await pass(ask)).toBe("yes");
  for (const ask of [unreachable, unreachable]) await expect(pass(ask)).rejects.toThrow(TwilioUnreachable);
  expect(await pass(yes)).toBe("yes");
});

test("failures from everywhere close an account, and leave the other accounts open", async () => {
  const pass = gate({ signInsTo: 2 });
  for (const last of [1, 2])
    await expect(pass(no, { address: `10.0.1.${last}` })).rejects.toThrow(BadCredentials);
  await expect(pass(yes, { address: "10.0.1.3" })).rejects.toMatchObject({ limit: "signInsTo" });
  expect(await pass(yes, { address: "10.0.1.3", account: "AC2" })).toBe("yes");
});

test("addresses of one IPv6 network are one, those of the next are another", async () => {
  const pass = gate({ signInsFrom: 1 });
  await expect(pass(no, { address: "2001:db8:1:1::1" })).rejects.toThrow(BadCredentials);
  await expect(pass(yes, { address: "2001:db8:1:1:ffff::2" })).rejects.toMatchObject({
    limit: "signInsFrom",
  });
  expect(await pass(yes, { address: "2001:db8:1:2::1" })).toBe("yes");
});

test("a network has three attempts under way; when one ends, however it ends, the next may begin", async () => {
  const pass = gate();
  const [first, rest] = [hanging(), hanging()];
  const waiting = [pass(first.ask), pass(rest.ask), pass(rest.ask)];
  await expect(pass(yes)).rejects.toMatchObject({ limit: "signInsAtOnce" });
  expect(await pass(yes, { address: "10.0.1.1" })).toBe("yes");
  first.letGo();
  await waiting[0];
  await expect(pass(unreachable)).rejects.toThrow(TwilioUnreachable);
  expect(await pass(yes)).toBe("yes");
  rest.letGo();
  await Promise.all(waiting);
});

test("all networks together have eight attempts under way", async () => {
  const pass = gate();
  const { ask, letGo } = hanging();
  const waiting = Array.from({ length: 8 }, (_, index) => pass(ask, { address: `10.0.1.${index}` }));
  await expect(pass(yes, { address: "10.0.1.8" })).rejects.toMatchObject({
    limit: "signInsAtOnce",
    retryAfterSeconds: 2,
  });
  letGo();
  await Promise.all(waiting);
  expect(await pass(yes, { address: "10.0.1.8" })).toBe("yes");
});
