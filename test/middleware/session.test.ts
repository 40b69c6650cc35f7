import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { visit } from "../support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley({ config: { publicUrl: "https://parley.example" } });
});
afterAll(() => parley.close());

const signIn = (headers: Record<string, string>) =>
  visit(parley.url)
    .post("/login", { ...shop })
    .set(headers);

test("under an https address the cookie is Secure and bound to this host alone", async () => {
  const answer = await signIn({ Host: "parley.example", "X-Forwarded-Proto": "https" });
  expect(answer.get("Set-Cookie")).toHaveLength(1);
  expect(answer.get("Set-Cookie")?.join()).toMatch(
    /^__Host-parley=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  );
});

test("on loopback names http does, with a cookie of another name", async () => {
  const answer = await signIn({ Host: "localhost:3000" });
  expect(answer.get("Set-Cookie")?.join()).toMatch(
    /^parley\.sid=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
});

test("a stranger gets no cookie and leaves nothing behind, wherever they look", async () => {
  for (const path of ["/login", "/chat", "/nothing", "/events", "/sessions"])
    expect((await visit(parley.url).get(path)).get("Set-Cookie")).toBeUndefined();
});
