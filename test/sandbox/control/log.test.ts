import { expect, test } from "vitest";
import { shopNumber } from "../../support/people.ts";
import { closedAddress } from "../../support/localServer.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();
type Entry = Record<string, unknown> & { form: Record<string, string> };
const entries = async () => (await use.control("GET", "log")).body.entries as Entry[];

test("the log has calls and webhooks, newest first, and none of its own", async () => {
  Object.assign(use.shop.numberFor(shopNumber)?.settings ?? {}, { SmsUrl: await closedAddress() });
  await use.call("POST", "Keys.json", { FriendlyName: "Inbox" });
  await expect.poll(async () => (await entries()).length).toBe(1);
  await use.text("Anyone?");
  expect(await entries()).toMatchObject([
    { kind: "webhook", method: "POST", status: 0, form: { Body: "Anyone?" } },
    { kind: "api", method: "POST", status: 201, form: { FriendlyName: "Inbox" } },
  ]);
});

test("a replay that nobody answers tells 0, one that a fault swallows null", async () => {
  Object.assign(use.shop.numberFor(shopNumber)?.settings ?? {}, { SmsUrl: await closedAddress() });
  await use.text("Anyone?");
  const replay = async () =>
    (await use.control("POST", `log/${String((await entries()).at(-1)?.id)}/replays`)).body;
  expect(await replay()).toEqual({ webhookStatus: 0 });
  await use.fault({ kind: "webhookLost", times: 1 });
  expect(await replay()).toEqual({ webhookStatus: null });
});

test("what is not in the log is not replayed, in words", async () => {
  const { status, body } = await use.control("POST", "log/99/replays");
  expect([status, body.message]).toEqual([404, "Only webhooks can be replayed"]);
});

test("faults that are not there are not removed, in words", async () => {
  const { status, body } = await use.control("DELETE", "faults/nothing");
  expect([status, body.message]).toEqual([404, "There is no such fault"]);
});

test("an address of a webhook may hold a password that no entry shows", async () => {
  await use.call("POST", "Applications.json", { SmsUrl: "https://parley:hush@example.com/sms" });
  await expect.poll(async () => (await entries()).length).toBe(1);
  const [entry] = await entries();
  expect(entry?.form.SmsUrl).toBe("https://…@example.com/sms");
  expect(JSON.stringify(entry)).not.toContain("hush");
});
