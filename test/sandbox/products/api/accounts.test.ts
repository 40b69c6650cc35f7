import { describe, expect, test } from "vitest";
import { beginner, shop, shopSeed } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";

const use = useSandbox({ perFile: true });

const list = "/2010-04-01/Accounts.json";
const pathOf = (sid: unknown) => `/2010-04-01/Accounts/${String(sid)}.json`;
const opened = async (form: Record<string, string> = {}) => (await use.call("POST", list, form)).body;
async function names(query = ""): Promise<string[]> {
  const { body } = await use.call("GET", `${list}?${query}`);
  return (body.accounts as { friendly_name: string }[]).map((account) => account.friendly_name);
}

test("an account is told with its token and where its resources are", async () => {
  const { body } = await use.call("GET", pathOf(shop.accountSid));
  expect(body).toMatchObject({
    sid: shop.accountSid,
    owner_account_sid: shop.accountSid,
    friendly_name: "Walnut & Sons",
    status: "active",
    type: "Full",
    auth_token: shop.authToken,
    uri: pathOf(shop.accountSid),
  });
  expect(body.subresource_uris).toMatchObject({
    messages: `/2010-04-01/Accounts/${shop.accountSid}/Messages.json`,
    incoming_phone_numbers: `/2010-04-01/Accounts/${shop.accountSid}/IncomingPhoneNumbers.json`,
    balance: `/2010-04-01/Accounts/${shop.accountSid}/Balance.json`,
  });
});

test("a trial account says that it is one", async () => {
  const { body } = await use.call("GET", pathOf(beginner.accountSid), {}, beginner);
  expect(body.type).toBe("Trial");
});

describe("subaccounts", () => {
  test("are called after the time they were opened at, unless they have a name", async () => {
    expect((await opened()).friendly_name).toMatch(/^SubAccount Created at \d{4}-\d{2}-\d{2} \d{2}:\d{2}$/);
    expect((await opened({ FriendlyName: "Branch" })).friendly_name).toBe("Branch");
  });

  test("are listed after their owner, and found by name and by status", async () => {
    const { sid } = await opened({ FriendlyName: "Pop-up" });
    expect((await names())[0]).toBe("Walnut & Sons");
    expect(await names("FriendlyName=Pop-up")).toEqual(["Pop-up"]);
    await use.call("POST", pathOf(sid), { Status: "suspended" });
    expect(await names("Status=suspended")).toEqual(["Pop-up"]);
    expect(await names("FriendlyName=Pop-up&Status=active")).toEqual([]);
  });

  test("keep their names when only their status changes, and the other way round", async () => {
    const { sid } = await opened({ FriendlyName: "Seasonal" });
    await use.call("POST", pathOf(sid), { Status: "suspended" });
    const { body } = await use.call("POST", pathOf(sid), { FriendlyName: "Summer" });
    expect(body).toMatchObject({ friendly_name: "Summer", status: "suspended" });
    expect((await use.call("POST", pathOf(sid), { Status: "active" })).body).toMatchObject({
      friendly_name: "Summer",
      status: "active",
    });
  });

  test("of a trial are on trial as well", async () => {
    const { body } = await use.call("POST", list, { FriendlyName: "Second try" }, beginner);
    expect(body).toMatchObject({ type: "Trial", owner_account_sid: beginner.accountSid });
  });
});

test.each([
  ["a name of 65 characters", { FriendlyName: "x".repeat(65) }],
  ["a status that there is not", { Status: "sleeping" }],
])("%s is refused with 20001", async (_what, form) => {
  const { sid } = await opened();
  expect((await use.call("POST", pathOf(sid), form as Record<string, string>)).body).toMatchObject({
    status: 400,
    code: 20001,
  });
});

test.each([
  ["forbidden", 403, 20005],
  ["unauthorized", 401, 20003],
] as const)(
  "a suspended account is %s all but itself, where that is assumed",
  async (inactiveAccount, status, code) => {
    const seed = { ...shopSeed(), unverified: { inactiveAccount } };
    Object.assign(seed.accounts[0] ?? {}, { status: "suspended" });
    await use.reopen({ seed });
    expect((await use.call("GET", "Messages.json")).body).toMatchObject({ status, code });
    expect((await use.call("GET", "/messaging/v1/Services")).body).toMatchObject({ status, code });
    expect((await use.call("GET", pathOf(shop.accountSid))).body.status).toBe("suspended");
  },
);
