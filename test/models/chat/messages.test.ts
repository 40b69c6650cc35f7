import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Invalid, NotFound, type TooMany } from "../../../src/models/errors.ts";
import { usualLimits } from "../../../src/models/limits.ts";
import type { Models } from "../../../src/models/index.ts";
import { inbound } from "../../support/messages.ts";
import { beginner, ben, shop, shopNumber } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { visit } from "../../support/visitor.ts";

const pair = { twilioNumber: shopNumber, target: ben };
const { accountSid: sid } = shop;

let parley: Parley;
let models: Models;
beforeAll(async () => {
  const received = { ...usualLimits.received, points: 1 };
  parley = await startParley({ publicUrl: "none", tuning: { limits: { received } } });
  models = parley.server.dependencies.models;
  for (const account of [shop, beginner]) await visit(parley.url).signIn(account);
  await models.targets.add(sid, { phoneNumber: ben, name: "", twilioNumber: shopNumber });
});
afterAll(() => parley.close());

let forms = 0;
let form: { formId: string; sessionId: string; body: string; twilioNumber: string; target: string };
beforeEach(() => {
  forms += 1;
  form = { ...pair, body: `Text ${forms}`, formId: `form-${forms}`, sessionId: `session ${forms}` };
});
const send = async (change: Partial<typeof form> = {}, accountSid = sid) => {
  const { message, delivered } = await models.messages.send(accountSid, { ...form, ...change });
  await delivered;
  return message;
};
const atTwilio = (body: string) => parley.sandbox.world.messages(sid).filter((each) => each.body === body);
const calls = () => parley.sandbox.world.log.list().filter(({ method }) => method === "POST").length;

test("a text is kept as it was typed, with the account's clock, and handed to Twilio once", async () => {
  const message = await send({ body: "One\r\nTwo" });
  expect(message).toMatchObject({ ...pair, id: form.formId, status: "pending", body: "One\nTwo", sid: null });
  expect(atTwilio("One\nTwo")).toHaveLength(1);
  expect((await models.messages.find(sid, form.formId)).sid).toMatch(/^SM/);
});

test("a text of 1,600 signs is sent, one of 1,601 is not, nor is one of spaces", async () => {
  await send({ body: "x".repeat(1_600) });
  expect(atTwilio("x".repeat(1_600))).toHaveLength(1);
  const before = calls();
  await expect(send({ body: "x".repeat(1_601) })).rejects.toThrow("this one has 1,601");
  await expect(send({ body: " \n " })).rejects.toThrow(new Invalid("Type a message first."));
  expect(calls()).toBe(before);
});

test("nobody is texted who is no target, and from no number of somebody else", async () => {
  const before = calls();
  await expect(send({ target: "+15012080000" })).rejects.toThrow("not among your target numbers");
  await expect(send({ twilioNumber: "+15550001111" })).rejects.toThrow(NotFound);
  await expect(send({}, beginner.accountSid)).rejects.toThrow(NotFound);
  expect(calls()).toBe(before);
});

test("one form is one message, another text under its id is another, and the same change is that one again", async () => {
  const first = await send();
  expect((await send()).id).toBe(first.id);
  const changed = await send({ body: `${form.body}, changed` });
  expect(changed.id).not.toBe(first.id);
  expect((await send({ body: `${form.body}, changed` })).id).toBe(changed.id);
  expect([atTwilio(form.body).length, atTwilio(`${form.body}, changed`).length]).toEqual([1, 1]);
});

test("a text to somebody who has opted out is refused in a sentence", async () => {
  const ends = { twilioNumber: shopNumber, target: "+15012080999" };
  await models.messages.hear(sid, inbound({ ...ends, body: "STOP" }), "webhook");
  await expect(send(ends)).rejects.toThrow("must text START");
  await models.messages.hear(sid, inbound({ ...ends, body: "START", at: new Date() }), "webhook");
  expect((await send(ends)).status).toBe("pending");
});

test("what Twilio posts is told on, with the time at which it came", async () => {
  const heard: string[] = [];
  models.messages.webhooks.listen((accountSid) => void heard.push(accountSid));
  const told = inbound({ ...pair, at: new Date(0) });
  const before = Date.now();
  await models.messages.hear(sid, told, "webhook");
  expect(heard).toEqual([sid]);
  const { at } = await models.messages.find(sid, told.sid);
  expect(at.getTime()).toBeGreaterThanOrEqual(before - 1_000);
});

test("a message that is not here, or another account's, is not found", async () => {
  const told = inbound(pair);
  await models.messages.hear(sid, told, "webhook");
  await expect(models.messages.find(beginner.accountSid, told.sid)).rejects.toThrow(NotFound);
  await expect(models.messages.find(sid, "SM of nobody")).rejects.toThrow("not here any more");
});

test("a callback counts towards a day's worth by the length of its reason", async () => {
  const hear = (errorMessage: string, accountSid = sid) =>
    models.messages
      .hear(
        accountSid,
        { ...inbound(pair), direction: "outbound", body: null, status: "failed", errorMessage },
        "callback",
      )
      .then(
        () => "taken",
        (error: unknown) => (error as TooMany).limit,
      );
  expect(await hear("x".repeat(1_024 * 1_024))).toBe("taken");
  await expect.poll(() => hear("")).toBe("received");
  expect(await hear("", beginner.accountSid)).toBe("taken");
});
