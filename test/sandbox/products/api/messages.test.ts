import { expect, test } from "vitest";
import { anna, beginner, shopNumber } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";

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
