import { afterEach, beforeEach, expect, test } from "vitest";
import { startParley, type Parley } from "../../support/parley.ts";
import { anna, beginner, shop, shopNumber } from "../../support/people.ts";
import { postSigned, textForm } from "../../support/twilioForms.ts";
import { visit, type Visitor } from "../../support/visitor.ts";
import { watch } from "../../support/watching.ts";

let parley: Parley;
let visitor: Visitor;
beforeEach(async () => {
  parley = await startParley({ tuning: { quickPollMs: 50 } });
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterEach(() => parley.close());

const atTwilio = () => {
  const account = parley.sandbox.world.accounts.get(shop.accountSid);
  if (!account) throw new Error("The sandbox has no such account");
  return account;
};
const status = async (of: Visitor) => (await of.get("/chat")).status;

test("a token rotated by somebody else ends the sessions made with it when the new one is used", async () => {
  atTwilio().promoteSecondaryToken();
  const owner = visit(parley.url);
  await owner.signIn({ ...shop, authToken: atTwilio().authToken });
  expect([await status(visitor), await status(owner)]).toEqual([303, 200]);
});

test("a token that Twilio no longer takes locks the account, told in every tab, and nothing kept is lost", async () => {
  await visitor.submit("/chat", "/targets", {
    phoneNumber: anna,
    twilioNumber: shopNumber,
    name: "Anna Kept",
  });
  const page = await watch(parley, visitor);
  atTwilio().promoteSecondaryToken();
  await page.until("signIn");
  expect(await status(visitor)).toBe(303);
  expect((await postSigned(parley.url, textForm({}))).status).toBe(403);
  await visitor.signIn({ ...shop, authToken: atTwilio().authToken });
  expect((await visitor.get("/chat")).text).toContain("Anna Kept");
});

test("a secondary token makes calls while Twilio signs with the primary one, and both sessions go on", async () => {
  const secondary = atTwilio().makeSecondaryToken();
  const other = visit(parley.url);
  expect((await other.signIn({ ...shop, authToken: secondary })).headers.location).toBe("/chat");
  expect([await status(visitor), await status(other)]).toEqual([200, 200]);
  expect((await postSigned(parley.url, textForm({ Body: "Signed with the primary" }))).status).toBe(200);
  // Once it is promoted, the former primary one is nothing any more.
  const page = await watch(parley, visitor);
  atTwilio().promoteSecondaryToken();
  await visit(parley.url).signIn({ ...shop, authToken: secondary });
  await page.until("signIn");
  expect([await status(visitor), await status(other)]).toEqual([303, 200]);
});

test("only allowed accounts may sign in, and Twilio is not asked about others", async () => {
  const own = await startParley({ config: { allowedAccounts: [beginner.accountSid] } });
  try {
    const answer = await visit(own.url).signIn(shop);
    expect(answer.status).toBe(401);
    expect(answer.text).toContain("ALLOWED_ACCOUNTS");
    expect(own.sandbox.world.log.list()).toEqual([]);
    expect((await visit(own.url).signIn(beginner)).headers.location).toBe("/chat");
  } finally {
    await own.close();
  }
});

test("an account that nobody attends is not looked after, and is erased when it was to be kept no longer", async () => {
  const { models, store } = parley.server.dependencies;
  const own = await startParley({
    config: { sessionTerms: { idleMs: 300, longestMs: 300 }, keepAccountsMs: 200 },
  });
  try {
    await visit(own.url).signIn(shop);
    const { accounts } = own.server.dependencies.store;
    await expect.poll(() => accounts.attended()).toEqual([]);
    await expect.poll(async () => (await postSigned(own.url, textForm({}))).status).toBe(403);
    await expect.poll(() => accounts.unattendedSince(new Date(Date.now() - 200))).toEqual([shop.accountSid]);
    await own.server.dependencies.models.retirement.retire();
    expect(await accounts.find(shop.accountSid)).toBeUndefined();
  } finally {
    await own.close();
  }
  await models.retirement.retire();
  expect(await store.accounts.find(shop.accountSid)).toBeDefined();
});
