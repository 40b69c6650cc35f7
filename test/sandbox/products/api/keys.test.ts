import { describe, expect, test } from "vitest";
import { beginner } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox({ perFile: true });
const made = async (FriendlyName = "") => (await use.call("POST", "Keys.json", { FriendlyName })).body;

test("a key may go without a name, and is renamed but never to nothing", async () => {
  const { sid, friendly_name: name } = await made();
  expect(name).toBe("");
  const rename = async (FriendlyName: string) =>
    (await use.call("POST", `Keys/${String(sid)}.json`, { FriendlyName })).body.friendly_name;
  expect([await rename("Inbox"), await rename("")]).toEqual(["Inbox", "Inbox"]);
});

test("keys are listed without their secrets, page by page", async () => {
  await made("One");
  await made("Two");
  const first = (await use.call("GET", "Keys.json?PageSize=1")).body;
  const second = (await use.call("GET", String(first.next_page_uri))).body;
  for (const { keys } of [first, second])
    expect(Object.keys((keys as object[])[0] ?? {})).not.toContain("secret");
  expect(second.keys).not.toEqual(first.keys);
});

describe("no key", () => {
  test.each(["GET", "POST", "DELETE"])("%s of a SID that there is not is 404", async (method) => {
    expect((await use.call(method, `Keys/${unknown("SK")}.json`)).body).toMatchObject({
      status: 404,
      code: 20404,
    });
  });

  test.each(["SK1", unknown("AC"), `${unknown("SK")}0`])("%s has the form of none: 70002", async (sid) => {
    expect((await use.call("GET", `Keys/${sid}.json`)).body).toMatchObject({ status: 400, code: 70002 });
  });

  test("is seen by another account", async () => {
    const { sid } = await made();
    const path = `Keys/${String(sid)}.json`;
    expect((await use.call("GET", path, {}, beginner)).code).toBe(20404);
    expect((await use.call("DELETE", path, {}, beginner)).code).toBe(20404);
    expect((await use.call("GET", path)).status).toBe(200);
  });
});

test("a name may have 64 characters and no more, also later", async () => {
  const { sid, friendly_name: name } = await made("x".repeat(64));
  expect(name).toHaveLength(64);
  const { body } = await use.call("POST", `Keys/${String(sid)}.json`, { FriendlyName: "x".repeat(65) });
  expect(body).toMatchObject({ status: 400, code: 70001 });
});
