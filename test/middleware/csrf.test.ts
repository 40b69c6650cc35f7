import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { hidden, visit } from "../support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley();
});
afterAll(() => parley.close());

async function signedIn() {
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  return visitor;
}
const number = { phoneNumber: "+15012080731", twilioNumber: "+15014434496" };

test("a form without its CSRF token is refused", async () => {
  const answer = await (await signedIn()).post("/targets", number);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("open for too long");
});

test("a token in the header that Turbo sends counts, one of another session does not", async () => {
  const [one, other] = [await signedIn(), await signedIn()];
  const tokenOf = async (visitor: typeof one) => hidden((await visitor.get("/chat")).text, "_csrf");
  const post = (token: string) => one.post("/targets", number).set("X-CSRF-Token", token);
  expect((await post(await tokenOf(other))).status).toBe(403);
  expect((await post(await tokenOf(one))).status).toBe(303);
});

test.each([
  { "Sec-Fetch-Site": "cross-site" },
  { "Sec-Fetch-Site": "same-site" },
  { Origin: "https://evil.example" },
  { Origin: "null" },
])("a sign-in that another site's page sends is refused (%o)", async (headers) => {
  const answer = await visit(parley.url)
    .post("/login", { ...shop })
    .set(headers);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("another site");
  expect(answer.get("Set-Cookie")).toBeUndefined();
});

test("a sign-in from our own page, in however many tabs it is open, is taken", async () => {
  const own = [{ "Sec-Fetch-Site": "same-origin" }, { Origin: parley.url }, {}];
  for (const headers of own)
    expect(
      (
        await visit(parley.url)
          .post("/login", { ...shop })
          .set(headers)
      ).headers.location,
    ).toBe("/chat");
});
