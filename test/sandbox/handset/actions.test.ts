import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anna, ben, shop, shopNumber } from "../../support/people.ts";
import { webhook } from "../../support/webhook.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();
let hook: Awaited<ReturnType<typeof webhook>>;
beforeEach(async () => {
  hook = await webhook();
});
afterEach(() => hook.close());

const post = (button: string, form: Record<string, string>) =>
  fetch(`${use.sandbox.url}/handset/${button}`, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
  });

describe("a button of the handset", () => {
  test("takes one fault away, or all of them", async () => {
    const { faults } = use.sandbox.world;
    const [{ id }] = [faults.add({ kind: "hang", times: 1 }), faults.add({ kind: "latency", times: 1 })];
    await post("removals", { fault: id });
    expect(faults.list().map(({ kind }) => kind)).toEqual(["latency"]);
    await post("removals", {});
    expect(faults.list()).toEqual([]);
  });

  test("sends a webhook of the log once more, and does nothing for one that is gone", async () => {
    Object.assign(use.shop.numberFor(shopNumber)?.settings ?? {}, { SmsUrl: hook.url });
    await use.text("Once more");
    const [call] = use.sandbox.world.log.list();
    const answer = await post("replays", { call: call?.id ?? "", back: "/?pane=log" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/?pane=log"]);
    expect((await post("replays", { call: "99" })).status).toBe(303);
    expect(hook.received.map(({ form }) => form.get("Body"))).toEqual(["Once more", "Once more"]);
  });

  test("adds somebody once, and lets a name be told later but never lost", async () => {
    const name = async (given: string) => {
      await post("phones", { account: shop.accountSid, name: given, phoneNumber: ben });
      return use.shop.phones.filter(({ phoneNumber }) => phoneNumber === ben).map((phone) => phone.name);
    };
    expect([await name(" Benjamin "), await name("")]).toEqual([["Benjamin"], ["Benjamin"]]);
    expect(await name("x".repeat(50))).toEqual(["x".repeat(40)]);
  });

  test.each([
    ["to a number of nobody", { from: anna, to: ben, body: "Hi" }],
    ["without words and pictures", { from: anna, to: shopNumber, body: "  " }],
    ["from nobody", { from: "", to: shopNumber, body: "Hi" }],
  ])("sends no text %s", async (_what, fields) => {
    const before = use.shop.log.all().length;
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    await fetch(`${use.sandbox.url}/handset/messages`, { method: "POST", body: form, redirect: "manual" });
    expect(use.shop.log.all()).toHaveLength(before);
  });

  test("sends a sample picture, the lines as they were typed, and 1,600 letters at most", async () => {
    const form = new FormData();
    const fields = { from: anna, to: shopNumber, sample: "cat", body: `a\r\nb${"x".repeat(2_000)}` };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    await fetch(`${use.sandbox.url}/handset/messages`, { method: "POST", body: form, redirect: "manual" });
    const [text] = use.shop.log.all();
    expect([text?.body.slice(0, 4), text?.body.length]).toEqual(["a\nbx", 1_600]);
    expect(text?.media).toMatchObject([{ contentType: "image/png" }]);
  });
});

test("an open page hears at once what it has seen, and of whatever happens after", async () => {
  const leaving = new AbortController();
  const answer = await fetch(`${use.sandbox.url}/handset/events`, { signal: leaving.signal });
  expect(answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const lines = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await lines?.read())?.value).toBe("data: 0\n\n");
  use.sandbox.world.faults.add({ kind: "hang", times: 1 });
  expect((await lines?.read())?.value).toBe("data: 1\n\n");
  await use.text("Hello");
  expect((await lines?.read())?.value).toBe("data: 2\n\n");
  leaving.abort();
});
