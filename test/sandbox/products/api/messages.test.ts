import { describe, expect, test } from "vitest";
import { anna, beginner, ben, shopNumber, shopSeed } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox();

test("each account sees its own only", async () => {
  const { body } = await use.send(anna);
  const foreign = `/2010-04-01/Accounts/${beginner.accountSid}/Messages/${String(body.sid)}.json`;
  expect((await use.call("GET", foreign, {}, beginner)).status).toBe(404);
  expect((await use.call("GET", foreign)).status).toBe(404);
  expect((await use.call("GET", "/2010-04-01/Accounts.json", {}, beginner)).body.accounts).toHaveLength(1);
});

test("the log is by the time of sending, and pages lead back as well as on", async () => {
  await use.reopen({ timing: { queuedMs: 1_100, sentMs: 1 } });
  const { body: late } = await use.send(anna, "Queued first");
  const { message } = await use.text("Arrived meanwhile");
  await expect.poll(() => use.statusOf(late.sid), { timeout: 5_000 }).toBe("delivered");
  const list = async (path: string) => {
    const { body } = await use.call("GET", path);
    return { sids: (body.messages as { sid: string }[]).map(({ sid }) => sid), body };
  };
  const first = await list("Messages.json?PageSize=1");
  expect(first.sids).toEqual([late.sid]);
  const second = await list(String(first.body.next_page_uri));
  expect(second.sids).toEqual([message.sid]);
  const third = await list(String(second.body.next_page_uri));
  expect((await list(String(third.body.previous_page_uri))).sids).toEqual(second.sids);
});

test("the paths are as strict as Twilio's, and a wrong page is refused", async () => {
  expect((await use.call("GET", "messages.json")).status).toBe(404);
  expect((await use.call("GET", "Messages.json?PageSize=1001")).code).toBe(20007);
  expect((await use.call("GET", "Messages.json?PageToken=PAnothing")).code).toBe(21481);
  expect((await use.call("GET", "Messages.json?DateSent=yesterday")).code).toBe(20001);
});

test("a message goes on the channel of both its ends", async () => {
  const to = `whatsapp:${anna}`;
  expect((await use.send(to)).code).toBe(21910);
  const sent = await use.send(to, "Hi", { From: `whatsapp:${shopNumber}` });
  expect(sent.body).toMatchObject({ to, from: `whatsapp:${shopNumber}`, status: "queued" });
  await expect.poll(() => use.statusOf(sent.body.sid)).toBe("delivered");
});

describe("the list", () => {
  const bodies = async (query: string) => {
    const { body } = await use.call("GET", `Messages.json?${query}`);
    return (body.messages as { body: string }[]).map((message) => message.body);
  };
  const from = (phoneNumber: string) => `From=${encodeURIComponent(phoneNumber)}`;
  const to = (phoneNumber: string) => `To=${encodeURIComponent(phoneNumber)}`;

  test("is filtered by whole addresses of both ends, together", async () => {
    await use.text("From Ben", ben);
    expect(await bodies(from(ben))).toEqual(["From Ben"]);
    expect(await bodies(to(anna))).toEqual(["Yes, the last one."]);
    expect(await bodies(`${from(ben)}&${to(shopNumber)}`)).toEqual(["From Ben"]);
    expect(await bodies(`${from(ben)}&${to(anna)}`)).toEqual([]);
    expect(await bodies(to(anna.slice(0, -1)))).toEqual([]);
  });

  test("counts filters on its pages, and only what they let through", async () => {
    for (const body of ["1", "2", "3"]) await use.text(body, ben);
    const first = (await use.call("GET", `Messages.json?${from(ben)}&PageSize=2`)).body;
    expect(first.messages).toHaveLength(2);
    const second = (await use.call("GET", String(first.next_page_uri))).body;
    expect([second.messages, second.next_page_uri]).toEqual([[expect.objectContaining({ body: "1" })], null]);
  });

  test("has what waits to be sent among the rest, by the time it was made", async () => {
    await use.reopen({ timing: { queuedMs: 60_000, sentMs: 1 } });
    await use.send(anna, "Waiting");
    const today = new Date().toISOString().slice(0, 10);
    expect(await bodies(`DateSent=${today}&${to(anna)}`)).toContain("Waiting");
  });

  test("knows only days where that is assumed of Twilio", async () => {
    await use.reopen({ seed: { ...shopSeed(), unverified: { dateFilters: "day" } } });
    await use.text("Just now");
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const today = new Date().toISOString();
    expect(await bodies(`DateSent%3E=${today.replace(/T.*/, "T23:59:59Z")}`)).toContain("Just now");
    expect(await bodies(`DateSent%3E=${tomorrow}`)).toEqual([]);
  });
});

describe("a message that is there", () => {
  test.each([
    [{ Status: "sent" }, 20001],
    [{ Body: "Better words" }, 20001],
    [{ Status: "canceled" }, 30409],
  ])("cannot be changed to %j", async (form, code) => {
    const { message } = await use.text("Hello");
    const changed = await use.call("POST", `Messages/${message.sid}.json`, form);
    expect(changed.body).toMatchObject({ status: 400, code });
    expect(message).toMatchObject({ body: "Hello", status: "received" });
  });

  test("stays as it is when nothing is asked of it", async () => {
    const { message } = await use.text("Hello");
    expect((await use.call("POST", `Messages/${message.sid}.json`)).body.body).toBe("Hello");
  });

  test("is deleted only when it is no longer on its way, with its pictures", async () => {
    await use.reopen({ timing: { queuedMs: 60_000, sentMs: 1 } });
    const { body } = await use.send(anna);
    expect((await use.call("DELETE", `Messages/${String(body.sid)}.json`)).body).toMatchObject({
      status: 409,
      code: 20009,
    });
    const media = [{ contentType: "image/png", content: Buffer.from("x") }];
    const { message } = await use.sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "", media });
    expect((await use.call("DELETE", `Messages/${message.sid}.json`)).status).toBe(204);
    expect((await use.call("GET", `Messages/${message.sid}/Media.json`)).body).toMatchObject({ code: 20404 });
  });

  test.each(["GET", "POST", "DELETE"])("is not found by %s under a SID of none", async (method) => {
    const { body } = await use.call(method, `Messages/${unknown("SM")}.json`);
    expect(body).toMatchObject({ status: 404, code: 20404 });
  });

  test("says in words what its error's code means, where that is known", async () => {
    const failed = async (code: number) => {
      await use.fault({ kind: "messageFails", code, times: 1 });
      const { body } = await use.send(anna);
      const sid = String(body.sid);
      await expect
        .poll(async () => (await use.call("GET", `Messages/${sid}.json`)).body.error_code)
        .toBe(code);
      return (await use.call("GET", `Messages/${sid}.json`)).body.error_message;
    };
    expect(await failed(30005)).toBe("Unknown destination handset");
    expect(await failed(30034)).toBeNull();
  });
});
