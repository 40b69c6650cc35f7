import { describe, expect, test } from "vitest";
import { anna, beginner, beginnerNumber, ben, newcomer } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox({ perFile: true });
const verify = (form: Record<string, string>, caller = newcomer) =>
  use.call("POST", "OutgoingCallerIds.json", form, caller);
async function found(query: string, caller = newcomer) {
  const { body } = await use.call("GET", `OutgoingCallerIds.json?${query}`, {}, caller);
  return body.outgoing_caller_ids as { sid: string; phone_number: string; friendly_name: string }[];
}

test("a request for verification tells the code that Twilio would ask for", async () => {
  const { status, body } = await verify({ PhoneNumber: "+1 (501) 208-0947", FriendlyName: "Ben" });
  expect([status, body]).toMatchObject([
    200,
    {
      account_sid: newcomer.accountSid,
      call_sid: expect.stringMatching(/^CA[0-9a-f]{32}$/) as string,
      friendly_name: "Ben",
      phone_number: ben,
      validation_code: expect.stringMatching(/^\d{6}$/) as string,
    },
  ]);
});

test("a number without a name is called as its country writes it", async () => {
  expect((await verify({ PhoneNumber: "+447400654321" })).body.friendly_name).toBe("07400 654321");
});

test("the list is filtered by number and by name", async () => {
  await verify({ PhoneNumber: "+15012080111", FriendlyName: "Cem" });
  await verify({ PhoneNumber: "+15012080112", FriendlyName: "Dora" });
  expect(await found("PhoneNumber=%2B15012080112")).toMatchObject([{ friendly_name: "Dora" }]);
  expect(await found("FriendlyName=Cem")).toMatchObject([{ phone_number: "+15012080111" }]);
  expect(await found("FriendlyName=Cem&PhoneNumber=%2B15012080112")).toEqual([]);
});

describe("refusals", () => {
  test.each([
    [21211, { PhoneNumber: "12345" }],
    [21211, {}],
    [20001, { PhoneNumber: "+15012080222", CallDelay: "61" }],
    [20001, { PhoneNumber: "+15012080222", CallDelay: "-1" }],
    [20001, { PhoneNumber: "+15012080222", CallDelay: "soon" }],
  ])("%i for %j, and nothing is verified", async (code, form) => {
    expect((await verify(form as Record<string, string>)).body).toMatchObject({ status: 400, code });
    expect(await found("PhoneNumber=%2B15012080222")).toEqual([]);
  });

  test("21450 for a number that is verified already, however it is written", async () => {
    await verify({ PhoneNumber: "+15012080333" });
    expect((await verify({ PhoneNumber: "+1 501-208-0333" })).code).toBe(21450);
  });

  test.each(["GET", "POST", "DELETE"])("%s of one that there is not is 404", async (method) => {
    const path = `OutgoingCallerIds/${unknown("PN")}.json`;
    expect((await use.call(method, path)).body).toMatchObject({ status: 404, code: 20404 });
  });
});

test("on a trial a person may be texted as long as they are verified", async () => {
  const send = (to: string) =>
    use.call("POST", "Messages.json", { From: beginnerNumber, To: to, Body: "Hi" }, beginner);
  expect((await send(ben)).code).toBe(21608);
  await verify({ PhoneNumber: ben, FriendlyName: "Ben" }, beginner);
  expect((await send(ben)).status).toBe(201);
  const [callerId] = await found(`PhoneNumber=${encodeURIComponent(anna)}`, beginner);
  await use.call("DELETE", `OutgoingCallerIds/${callerId?.sid ?? ""}.json`, {}, beginner);
  expect((await send(anna)).code).toBe(21608);
});

test("a name is kept when nothing takes its place", async () => {
  await verify({ PhoneNumber: "+15012080444", FriendlyName: "Ed" });
  const [callerId] = await found("FriendlyName=Ed");
  const { body } = await use.call(
    "POST",
    `OutgoingCallerIds/${callerId?.sid ?? ""}.json`,
    { FriendlyName: "" },
    newcomer,
  );
  expect(body.friendly_name).toBe("Ed");
});
