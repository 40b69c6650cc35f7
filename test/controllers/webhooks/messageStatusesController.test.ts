import { afterAll, beforeAll, expect, test } from "vitest";
import { inbound } from "../../support/messages.ts";
import { chatPath } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { shop } from "../../support/people.ts";
import { postForm, sign } from "../../support/twilioForms.ts";
import { hidden, visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  await visitor.submit("/chat", "/targets", { phoneNumber: "+15012080731" });
});
afterAll(() => parley.close());

function post(fields: Record<string, string>): Promise<Response> {
  const address = `${parley.url}/sms/status`;
  const form = { AccountSid: shop.accountSid, ...fields };
  return postForm(address, form, sign(address, form));
}

async function send(body: string): Promise<string> {
  const formId = hidden((await visitor.get(chatPath())).text, "formId");
  await visitor.submit(chatPath(), `${chatPath()}/messages`, { formId, body });
  return parley.sandbox.world.messages(shop.accountSid).find((sent) => sent.body === body)?.sid ?? "";
}

test("a status moves a message forward only, and brings the reason of a failure", async () => {
  const MessageSid = await send("On its way");
  expect((await post({ MessageSid, MessageStatus: "undelivered", ErrorCode: "30003" })).status).toBe(204);
  expect((await post({ MessageSid, MessageStatus: "sent" })).status).toBe(204);
  const thread = (await visitor.get(chatPath())).text;
  expect(thread).toContain("Not delivered");
  expect(thread).toContain("Error 30003");
});

test("a status that Twilio has invented since is taken and changes nothing", async () => {
  const MessageSid = await send("Of tomorrow");
  expect((await post({ MessageSid, MessageStatus: "teleported" })).status).toBe(204);
  expect((await visitor.get(chatPath())).text).not.toContain("teleported");
});

test("of an endless reason only the beginning is kept", async () => {
  const MessageSid = `SM${"7".repeat(32)}`;
  const fields = { MessageStatus: "failed", ErrorMessage: "x".repeat(100_000), From: "", To: "" };
  expect((await post({ MessageSid, ...fields })).status).toBe(204);
  const { store } = parley.server.dependencies;
  const log = inbound({
    sid: MessageSid,
    direction: "outbound",
    body: "Elsewhere",
    status: "sent",
    at: new Date(),
  });
  await store.messages.take(shop.accountSid, [log], "log");
  expect((await store.messages.find(shop.accountSid, MessageSid))?.errorMessage).toBe("x".repeat(500));
});

test("a signed form that is no status is a bad request", async () => {
  const answer = await post({ MessageSid: `SM${"0".repeat(32)}` });
  expect([answer.status, await answer.text()]).toEqual([400, "This is not a status from Twilio.\n"]);
});
