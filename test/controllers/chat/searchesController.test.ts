import { afterAll, beforeAll, expect, test } from "vitest";
import { turboStreamType } from "../../../src/helpers/turboStream.ts";
import { inbound } from "../../support/messages.ts";
import { bubbles, chatPath, link, people } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { anna, ben, londonNumber, shop, shopNumber } from "../../support/people.ts";
import { visit, type Visitor } from "../../support/visitor.ts";
import { eventually } from "../../support/watching.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  const { syncs } = parley.server.dependencies.store;
  await eventually(parley, async () => (await syncs.find(shop.accountSid)).state === "done");
  const told = Array.from({ length: 120 }, (_, index) =>
    inbound({
      body: `Plank ${index}`,
      target: ben,
      twilioNumber: shopNumber,
      at: new Date(1e12 + index * 1_000),
    }),
  );
  await parley.server.dependencies.store.messages.take(shop.accountSid, told, "webhook");
  await visitor.submit("/chat", `${chatPath(ben)}/name`, { name: "José <Núñez>" });
});
afterAll(() => parley.close());

const search = (typed: string) => visitor.get(`/search?q=${encodeURIComponent(typed)}`);
/** The words of the messages among the results. */
const excerpts = (html: string) =>
  [...html.matchAll(/<li id="result_[\s\S]*?person__last">([\s\S]*?)<\/span>/g)].map(([, text = ""]) =>
    text.replace(/<[^>]+>/g, "").trim(),
  );

test("a search is a page with an address, and shows what was found and where", async () => {
  const page = (await search("walnut she")).text;
  expect(page).toContain("<mark>walnut</mark> <mark>shelf</mark>");
  expect(page).toContain('value="walnut she"');
  expect(page).toContain("1 message found");
  const opened = (
    await visitor.get(/href="([^"]*around=[^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "")
  ).text;
  expect(opened).toMatch(/message--found" aria-current="location"/);
  expect(opened).toContain('aria-label="Back to the results"');
  expect(link(opened, "<svg.*?")).toBeDefined();
});

test("people are found by name and number, with case, accents and spaces ignored", async () => {
  for (const typed of ["jose nun", "NÚÑEZ", "501 208 0947", "(501) 208-0947"])
    expect(people((await search(typed)).text)[0]).toBe("José &lt;Núñez&gt;");
});

test("a thread is opened at a message in its middle, both sides around it", async () => {
  const page = (await search('"plank 60"')).text;
  const address = /href="([^"]*around=[^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const opened = (await visitor.get(address)).text;
  expect(bubbles(opened)).toHaveLength(50);
  expect(bubbles(opened)).toEqual(expect.arrayContaining(["Plank 40", "Plank 60", "Plank 80"]));
  expect(opened).toContain("Show the newest messages");
  // To read an old text is not to have read the newest.
  expect(opened).toContain("Show earlier messages");
});

test("fifty are shown at a time, and more are asked for as a part of the open page", async () => {
  const first = (await search("plank")).text;
  expect(excerpts(first)).toHaveLength(50);
  expect(first).toContain("more than 50 messages found");
  const more = await visitor.get(link(first, "Show more")).set("Accept", turboStreamType);
  expect(more.text).toContain('action="grow" target="search-messages"');
  expect(excerpts(more.text)).toHaveLength(50);
  const last = await visitor.get(link(more.text, "Show more")).set("Accept", turboStreamType);
  expect(excerpts(last.text)).toEqual(Array.from({ length: 20 }, (_, index) => `Plank ${19 - index}`));
  expect(last.text).not.toContain("Show more");
});

test("while typing only the results are drawn, and how many there are is said", async () => {
  const part = await visitor.get("/search?q=walnut&ahead=60").set("Accept", turboStreamType);
  expect(part.headers["content-type"]).toContain(turboStreamType);
  expect(part.text).toContain('target="search-results"');
  expect(part.text).toMatch(/target="search-status"><template>\d+ messages? found/);
  expect(part.text).not.toContain("<html");
});

test("a search that finds nothing, and one that is not understood, say so", async () => {
  expect((await search("<zzz>")).text).toContain("Nothing found");
  expect((await search("<zzz>")).text).toContain('value="&lt;zzz&gt;"');
  expect((await search("before:soon")).text).toContain("“before:soon” is no date");
});

test.each([
  ["from:me yes", /Yes, the last one/],
  ["from:jose plank", /Plank/],
  ["from:nobody plank", /Nothing found/],
  ["via:london walnut", /Nothing found/],
  [`via:"${londonNumber}" plank`, /Nothing found/],
  ["after:2001-09-10 plank", /Nothing found/],
  ["before:2001-09-10 plank", /Plank/],
  ["is:unread plank", /Plank/],
  ["is:failed plank", /Nothing found/],
])("%s", async (typed, expected) => {
  expect(excerpts((await search(typed)).text).join() || "Nothing found").toMatch(expected);
});

test("inside one conversation, matches are stepped through", async () => {
  const found = (await visitor.get(`${chatPath(ben)}?find=plank`)).text;
  expect(found).toContain("1 of 120");
  expect(found).not.toContain('aria-label="Next match"');
  const previous =
    /href="([^"]+)" aria-label="Previous match"/.exec(found)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const second = (await visitor.get(previous)).text;
  expect(second).toContain("2 of 120");
  expect(second).toContain('aria-label="Next match"');
  expect((await visitor.get(`${chatPath(anna)}?find=plank`)).text).toContain("No matches");
  expect((await visitor.get(`${chatPath(anna)}?find=`)).text).toContain(
    'aria-label="Search this conversation"',
  );
});

test("a search needs somebody signed in, and leads back to itself", async () => {
  const answer = await visit(parley.url).get("/search?q=walnut").redirects(0);
  expect(answer.headers.location).toBe(`/login?next=${encodeURIComponent("/search?q=walnut")}`);
});
