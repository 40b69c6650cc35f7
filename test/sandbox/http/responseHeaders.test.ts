import { expect, test } from "vitest";
import { shop, shopSeed } from "../../support/people.ts";
import { authorization, useSandbox } from "../useSandbox.ts";

const use = useSandbox();

test("every answer says which request it was, how long that took and how many there were", async () => {
  const [one, other] = [await use.call("GET", "Messages.json"), await use.call("GET", "/nowhere")];
  for (const { headers } of [one, other]) {
    expect(headers.get("twilio-request-id")).toMatch(/^RQ[0-9a-f]{32}$/);
    expect(headers.get("twilio-request-duration")).toMatch(/^\d+\.\d{3}$/);
    expect(headers.get("twilio-concurrent-requests")).toBe("1");
  }
  expect(one.headers.get("twilio-request-id")).not.toBe(other.headers.get("twilio-request-id"));
});

test("requests that wait are counted, and those that were given up are not", async () => {
  const hang = async () => {
    await use.fault({ kind: "hang", times: 1 });
    const leaving = new AbortController();
    const url = `${use.sandbox.url}/2010-04-01/Accounts/${shop.accountSid}.json`;
    const asked = fetch(url, { headers: { Authorization: authorization(shop) }, signal: leaving.signal });
    await expect.poll(() => use.sandbox.world.faults.list()).toEqual([]);
    return { leave: () => leaving.abort(), ended: asked.then(() => true).catch(() => false) };
  };
  const count = async () => (await use.call("GET", "Keys.json")).headers.get("twilio-concurrent-requests");
  const [one, other] = [await hang(), await hang()];
  expect(await count()).toBe("3");
  one.leave();
  other.leave();
  expect([await one.ended, await other.ended]).toEqual([false, false]);
  await expect.poll(count).toBe("1");
});

test.each([
  ["no header unless one is assumed", null, null],
  ["the seconds that are assumed", 7, "7"],
  ["nought where that is assumed", 0, "0"],
])("429 has %s", async (_what, retryAfter, header) => {
  await use.reopen({ seed: { ...shopSeed(), unverified: { retryAfter } } });
  await use.fault({ kind: "tooManyRequests", times: 1 });
  const refused = await use.call("GET", "Messages.json");
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, header]);
  expect((await use.call("GET", "Messages.json")).headers.get("retry-after")).toBeNull();
});
