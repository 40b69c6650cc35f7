import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ExportsController } from "../../../src/controllers/account/exportsController.ts";
import { errors } from "../../../src/middleware/errors.ts";
import { KeptData } from "../../../src/models/account/keptData.ts";
import { Names } from "../../../src/models/chat/names.ts";
import { usualLimits } from "../../../src/models/limits.ts";
import { countedLimits } from "../../support/limits.ts";
import { serve } from "../../support/localServer.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { beginner, ben, shop, shopNumber } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let own: Visitor;
let other: Visitor;
beforeAll(async () => {
  const exports = { ...usualLimits.exports, points: 2 };
  parley = await startParley({ tuning: { limits: { exports } } });
  [own, other] = [await signedIn(shop), await signedIn(beginner)];
});
afterAll(() => parley.close());

async function signedIn(account: typeof shop): Promise<Visitor> {
  const visitor = visit(parley.url);
  await visitor.signIn(account);
  return visitor;
}

test("a copy holds the account's own names under its own name, and its time", async () => {
  const { models } = parley.server.dependencies;
  await models.targets.add(shop.accountSid, { phoneNumber: ben, name: "Ben", twilioNumber: shopNumber });
  const copy = await own.get("/export");
  expect(copy.body).toMatchObject({
    account: { sid: shop.accountSid, friendlyName: "Walnut & Sons" },
    names: [{ person: ben, name: "Ben" }],
  });
  expect(copy.headers["content-type"]).toContain("application/json");
  expect(copy.headers["x-content-type-options"]).toBe("nosniff");
  expect((await other.get("/export")).body).toMatchObject({ names: [] });
});

test("an account downloads no more copies an hour than the limit says, in whatever browser", async () => {
  await own.get("/export");
  const refused = await (await signedIn(shop)).get("/export");
  expect([refused.status, Number(refused.headers["retry-after"]) > 3_000]).toEqual([429, true]);
  expect(refused.text).toContain("too many copies in an hour");
  expect(refused.headers["content-disposition"]).toBeUndefined();
  expect((await other.get("/export")).status).toBe(200);
});

/** The action alone, for whatever account the address names, with names that come when they are let. */
async function slowExports() {
  const { promise, resolve: letCome } = Promise.withResolvers<never[]>();
  const asked: string[] = [];
  const people = { list: (sid: string) => (asked.push(sid), promise) } as never;
  const keptData = new KeptData([new Names({ people })]);
  const controller = new ExportsController({ keptData, limits: countedLimits().limits });
  const app = express().get("/:sid", (request, response, next) => {
    response.locals.account = { sid: request.params.sid, friendlyName: "", type: "Full", status: "active" };
    response.locals.audit = () => undefined;
    return controller.show(request, response, next);
  });
  app.engine("ejs", (_path, locals, done) => done(null, (locals as { message?: string }).message));
  app
    .set("views", "views")
    .set("view engine", "ejs")
    .use(errors(() => undefined));
  const url = await serve(app);
  const begun = async (count: number) => expect.poll(() => asked.length).toBe(count);
  return { get: (sid: string, init?: RequestInit) => fetch(`${url}/${sid}`, init), letCome, begun };
}

test("an account has one copy on its way at a time, and the next once that one is there", async () => {
  const { get, letCome, begun } = await slowExports();
  const first = get("AC1");
  await begun(1);
  const second = await get("AC1");
  expect([second.status, second.headers.get("retry-after")]).toEqual([429, "5"]);
  expect(await second.text()).toContain("Another copy is on its way");
  letCome([]);
  expect(await (await first).json()).toMatchObject({ names: [] });
  await expect.poll(async () => (await get("AC1")).status).toBe(200);
});

test("four accounts have a copy on its way, a fifth waits for one of them", async () => {
  const { get, letCome, begun } = await slowExports();
  const four = ["AC1", "AC2", "AC3", "AC4"].map((sid) => get(sid));
  await begun(4);
  expect((await get("AC5")).status).toBe(429);
  letCome([]);
  expect((await Promise.all(four)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await expect.poll(async () => (await get("AC5")).status).toBe(200);
});

test("who goes away before the copy is there makes room for the next", async () => {
  const { get, letCome, begun } = await slowExports();
  const gone = new AbortController();
  const first = get("AC1", { signal: gone.signal });
  await begun(1);
  gone.abort();
  await expect(first).rejects.toThrow("aborted");
  letCome([]);
  await expect.poll(async () => (await get("AC1")).status).toBe(200);
});
