import { expect, test } from "vitest";
import { anna, beginner } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox({ perFile: true });
const tell = async (form: Record<string, string>, caller?: typeof beginner, sid?: string) => {
  const message = sid ?? String((await use.send(anna)).body.sid);
  return { message, ...(await use.call("POST", `Messages/${message}/Feedback.json`, form, caller)) };
};

test.each([
  [{ Outcome: "unconfirmed" }, "unconfirmed"],
  [{ Outcome: "confirmed" }, "confirmed"],
  [{}, "confirmed"],
])("%j says %s of a message", async (form, outcome) => {
  const { message, body } = await tell(form);
  expect(body).toMatchObject({ message_sid: message, outcome, date_created: expect.any(String) as string });
});

test.each(["maybe", "Confirmed", "unconfirmedly"])("the outcome %s is refused", async (Outcome) => {
  expect((await tell({ Outcome })).body).toMatchObject({ status: 400, code: 20001 });
});

test("of another's message, or of none, nothing can be said", async () => {
  expect((await tell({}, beginner)).code).toBe(20404);
  expect((await tell({}, undefined, unknown("SM"))).code).toBe(20404);
});

test("it is told and never asked for", async () => {
  const { message } = await tell({});
  expect((await use.call("GET", `Messages/${message}/Feedback.json`)).body).toMatchObject({
    status: 405,
    code: 20004,
  });
});
