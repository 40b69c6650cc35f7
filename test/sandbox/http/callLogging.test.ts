import { expect, test } from "vitest";
import { shop } from "../../support/people.ts";
import { authorization, useSandbox } from "../useSandbox.ts";

const api = useSandbox();

test("neither credentials nor the cookies that other ports set are in the log of calls", async () => {
  const { url, world } = api.sandbox;
  const headers = { Authorization: authorization(shop), Cookie: "parley.sid=a-session-of-parley" };
  await fetch(`${url}/2010-04-01/Accounts/${shop.accountSid}.json`, { headers });
  await expect.poll(() => world.log.list().length).toBe(1);
  const logged = JSON.stringify(world.log.list());
  expect(logged).toContain('"cookie":"…"');
  for (const secret of ["a-session-of-parley", shop.authToken, authorization(shop)])
    expect(logged).not.toContain(secret);
});
