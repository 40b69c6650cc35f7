import { afterAll, beforeAll, expect, test } from "vitest";
import { alerts, chatPath, people } from "../../support/pages.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { anna, ben, londonNumber, shop, shopNumber } from "../../support/people.ts";
import { hidden, visit, type Visitor } from "../../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley();
  visitor = visit(parley.url);
  await visitor.signIn(shop);
  await add(anna);
});
afterAll(() => parley.close());

const add = (phoneNumber: string, twilioNumber = shopNumber) =>
  visitor.submit("/chat", "/targets", { phoneNumber, twilioNumber });
const shownPeople = async () => people((await visitor.get("/chat")).text);

test.each([
  ["(501) 208-0947", shopNumber, "+15012080947"],
  ["501.208.0947", shopNumber, "+15012080947"],
  ["+44 20 7946 0018", shopNumber, "+442079460018"],
  ["020 7946 0018", londonNumber, "+442079460018"],
  ["0044 20 7946 0018", londonNumber, "+442079460018"],
])("%s, added at %s, is %s", async (typed, twilioNumber, target) => {
  expect((await add(typed, twilioNumber)).headers.location).toBe(chatPath(target, twilioNumber));
});

test.each(["12345", "hello", "", "+1 501", shopNumber])(
  "“%s” is refused with an alert, kept as typed, and not added",
  async (typed) => {
    const before = await shownPeople();
    const answer = await add(typed);
    expect(answer.status).toBe(422);
    expect(alerts(answer.text)).toHaveLength(1);
    expect(alerts(answer.text).join()).toContain(typed);
    expect(hidden(answer.text, "phoneNumber") || typed).toBe(typed);
    expect(await shownPeople()).toEqual(before);
  },
);

test("a name given to a target is shown instead of its number", async () => {
  await visitor.submit(chatPath(anna), `${chatPath(anna)}/name`, { name: "  Anna Lindqvist " });
  const page = (await visitor.get(chatPath(anna))).text;
  expect(page).toContain('<span class="person__name">Anna Lindqvist</span>');
  await visitor.submit(chatPath(anna), `${chatPath(anna)}/name`, { name: "" });
  expect((await visitor.get(chatPath(anna))).text).not.toContain("Lindqvist");
});

test("a target that was added twice, each time written otherwise, is one", async () => {
  await add("501.443.4497");
  await add("(501) 443-4497");
  expect((await shownPeople()).filter((person) => person === "+1 501 443 4497")).toHaveLength(1);
});

test("the dialog for a new target is on the page at once for whoever asks for it by its address", async () => {
  const page = await visitor.get(`/targets/new?number=${encodeURIComponent(londonNumber)}`);
  expect(page.text).toMatch(/<dialog id="new-target"[^>]* open data-open/);
  expect(hidden(page.text, "twilioNumber")).toBe(londonNumber);
});

test("a number that is not the account's gets no targets, and nobody unknown gets a name", async () => {
  expect((await add(ben, "garbage")).status).toBe(404);
  const answer = await visitor.submit("/chat", `${chatPath("+15012080000")}/name`, { name: "Nobody" });
  expect(answer.status).toBe(404);
});

test("the page of a refused target, asked for again, leads to the chat", async () => {
  expect((await visitor.get("/targets")).headers.location).toBe("/chat");
});

test("what can be no number is not drawn again all over the page", async () => {
  const quotes = '"'.repeat(20_000);
  const own = (await visitor.get("/chat")).text.length;
  const answer = await visitor.submit("/chat", "/targets", {
    phoneNumber: quotes,
    twilioNumber: quotes,
    target: quotes,
  });
  expect(answer.status).toBe(422);
  expect(answer.text.length).toBeLessThan(own + 10_000);
  const { text } = await visitor.get(`/targets/new?number=${"'".repeat(5_000)}&target=${"'".repeat(5_000)}`);
  expect(text.length).toBeLessThan(own + 10_000);
});
