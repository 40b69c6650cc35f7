import { describe, expect, test } from "vitest";
import { anna, beginner, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { useSandbox, type Caller } from "../useSandbox.ts";

const use = useSandbox();

test("who sends no credentials is asked for them, as wget wants it", async () => {
  const answer = await fetch(`${use.sandbox.url}/2010-04-01/Accounts.json`);
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="Twilio API"']);
});

describe("an API key", () => {
  // The account stays in the address, the key signs in.
  async function callWith(key: Caller, method: string, path: string, form = {}) {
    const full = path.startsWith("/") ? path : `/2010-04-01/Accounts/${shop.accountSid}/${path}`;
    return use.call(method, full, form, key);
  }
  async function made(): Promise<Caller> {
    const { status, body } = await use.call("POST", "Keys.json", { FriendlyName: "Inbox" });
    expect([status, body.friendly_name]).toEqual([201, "Inbox"]);
    return { accountSid: String(body.sid), authToken: String(body.secret) };
  }

  test("signs in for everything but accounts and keys, until it is deleted", async () => {
    const key = await made();
    expect(key.authToken).toMatch(/^[A-Za-z0-9]{32}$/);
    const form = { From: shopNumber, To: anna, Body: "Hi" };
    expect((await callWith(key, "POST", "Messages.json", form)).status).toBe(201);
    expect((await callWith(key, "GET", "/messaging/v1/Services")).status).toBe(200);
    for (const path of [
      `/2010-04-01/Accounts/${shop.accountSid}.json`,
      "/2010-04-01/Accounts.json",
      "Keys.json",
    ])
      expect((await callWith(key, "GET", path)).body).toMatchObject({ code: 20003, status: 401 });
    expect((await callWith({ ...key, authToken: "wrong" }, "GET", "Messages.json")).status).toBe(401);
    expect((await use.call("DELETE", `Keys/${key.accountSid}.json`)).status).toBe(204);
    expect((await callWith(key, "GET", "Messages.json")).status).toBe(401);
  });

  test("tells its secret once and no log has it", async () => {
    const key = await made();
    const { body } = await use.call("GET", `Keys/${key.accountSid}.json`);
    expect(Object.keys(body)).toEqual(["sid", "friendly_name", "date_created", "date_updated"]);
    expect(JSON.stringify(use.sandbox.world.log.list())).not.toContain(key.authToken);
  });

  test("can be in the seed, and belongs to its account only", async () => {
    const seed = shopSeed();
    const sid = `SK${"ab".repeat(16)}`;
    Object.assign(seed.accounts[1] ?? {}, { keys: [{ sid, secret: "hush" }] });
    await use.reopen({ seed });
    const key = { accountSid: sid, authToken: "hush" };
    const own = `/2010-04-01/Accounts/${beginner.accountSid}/Messages.json`;
    expect((await use.call("GET", own, {}, key)).status).toBe(200);
    expect((await callWith(key, "GET", "Messages.json")).status).toBe(404);
  });
});

describe("a subaccount", () => {
  async function opened(): Promise<Caller> {
    const { status, body } = await use.call("POST", "/2010-04-01/Accounts.json", { FriendlyName: "Branch" });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      friendly_name: "Branch",
      owner_account_sid: shop.accountSid,
      status: "active",
    });
    return { accountSid: String(body.sid), authToken: String(body.auth_token) };
  }

  test("is reached with its own token and with its owner's, and reaches nobody", async () => {
    const branch = await opened();
    const own = `/2010-04-01/Accounts/${branch.accountSid}/IncomingPhoneNumbers.json`;
    expect((await use.call("GET", own)).status).toBe(200);
    expect((await use.call("GET", own, {}, branch)).status).toBe(200);
    expect((await use.call("GET", own, {}, beginner)).status).toBe(404);
    const owners = `/2010-04-01/Accounts/${shop.accountSid}/Messages.json`;
    expect((await use.call("GET", owners, {}, branch)).status).toBe(404);
    expect((await use.call("POST", "/2010-04-01/Accounts.json", {}, branch)).code).toBe(20001);
    expect((await use.call("GET", "/2010-04-01/Accounts.json")).body.accounts).toHaveLength(2);
  });

  test("gets numbers from its owner, is suspended, and closed for good", async () => {
    const branch = await opened();
    const path = `/2010-04-01/Accounts/${branch.accountSid}`;
    const { sid = "" } = use.shop.numberFor(shopNumber) ?? {};
    const moved = await use.call("POST", `IncomingPhoneNumbers/${sid}.json`, {
      AccountSid: branch.accountSid,
    });
    expect(moved.body).toMatchObject({ account_sid: branch.accountSid, phone_number: shopNumber });
    expect(use.shop.numbers.size).toBe(1);
    expect((await use.call("POST", `${path}.json`, { Status: "suspended" })).body.status).toBe("suspended");
    expect((await use.call("GET", `${path}/Messages.json`)).code).toBe(20005);
    expect((await use.call("GET", `${path}/Messages.json`, {}, branch)).code).toBe(20005);
    await use.call("POST", `${path}.json`, { Status: "closed" });
    expect((await use.call("POST", `${path}.json`, { Status: "active" })).code).toBe(20001);
    const itself = `/2010-04-01/Accounts/${shop.accountSid}.json`;
    expect((await use.call("POST", itself, { Status: "closed" })).code).toBe(20001);
    expect((await use.call("POST", itself, { FriendlyName: "Walnut" })).body.friendly_name).toBe("Walnut");
  });
});
