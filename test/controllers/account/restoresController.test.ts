import { afterAll, beforeAll, expect, test } from "vitest";
import { usualLimits } from "../../../src/models/limits.ts";
import { alerts, notices } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { ben, newcomer, shop } from "../../support/people.ts";
import { hidden, visit } from "../../support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  const restores = { ...usualLimits.restores, points: 3 };
  parley = await startParley({ tuning: { limits: { restores } } });
});
afterAll(() => parley.close());

async function signedIn(account: typeof shop) {
  const visitor = visit(parley.url);
  await visitor.signIn(account);
  return visitor;
}
async function restore(visitor: ReturnType<typeof visit>, names: unknown) {
  const copy = {
    format: "parley-copy",
    version: 1,
    account: { sid: "AC1", friendlyName: "Old & Co" },
    names,
  };
  const page = await visitor.get("/restore");
  return visitor.agent
    .post("/restore")
    .field("_csrf", hidden(page.text, "_csrf"))
    .attach("copy", Buffer.from(JSON.stringify(copy)), "copy.json");
}

test("the form says what it takes", async () => {
  const page = await (await signedIn(shop)).get("/restore");
  expect(page.status).toBe(200);
  expect(page.text).toContain('type="file"');
});

test("a copy without anything in it is restored as such, and says so once", async () => {
  const visitor = await signedIn(shop);
  expect((await restore(visitor, undefined)).headers.location).toBe("/chat");
  const said = "Restored from Old &amp; Co: nothing, because the copy is empty.";
  expect(notices((await visitor.get("/chat")).text)).toEqual([said]);
  expect(notices((await visitor.get("/chat")).text)).toEqual([]);
});

test("names that cannot be read are refused on the form, nothing is restored, and no more than the limit says are tried", async () => {
  const visitor = await signedIn(newcomer);
  const wrong = [{ person: ben, name: "Ben" }, { person: ben }];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const { status, text } = await restore(visitor, wrong);
    expect([status, alerts(text)]).toEqual([
      422,
      ["The names in that copy cannot be read, so nothing was restored."],
    ]);
    expect(text).toContain('type="file"');
  }
  const refused = await restore(visitor, [{ person: ben, name: "Ben" }]);
  expect([refused.status, refused.headers["retry-after"] !== undefined]).toEqual([429, true]);
  expect(alerts(refused.text)[0]).toContain("too many copies in an hour");
  const { people } = parley.server.dependencies.store;
  expect(await people.count(newcomer.accountSid)).toBe(0);
});
