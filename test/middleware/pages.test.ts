import { afterAll, beforeAll, expect, test } from "vitest";
import { notices, offers } from "../support/pages.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { newcomer, shop } from "../support/people.ts";
import { visit } from "../support/visitor.ts";
import { watch } from "../support/watching.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.close());

test("no cache keeps a page", async () => {
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  for (const path of ["/login", "/chat", "/admin", "/nothing"])
    expect((await visitor.get(path)).headers["cache-control"]).toBe("no-store");
});

test("good news waits for the next page, whatever the live stream asks meanwhile, and is told once", async () => {
  const visitor = visit(parley.url);
  await visitor.signIn(newcomer);
  const [phoneNumber = ""] = offers((await visitor.get("/admin?country=GB")).text);
  await visitor.submit("/admin", "/admin/numbers", { country: "GB", phoneNumber });
  await visitor.get("/events?after=0").set("Accept", "text/vnd.turbo-stream.html");
  (await watch(parley, visitor)).close();
  expect(notices((await visitor.get("/chat")).text)).toEqual([`${phoneNumber} is yours now.`]);
  expect(notices((await visitor.get("/chat")).text)).toEqual([]);
});
