import { expect, test } from "vitest";
import { startParley } from "../support/parley.ts";
import { visit } from "../support/visitor.ts";

test.each([
  ["https", true],
  ["http", false],
])("behind a tunnel that ends %s, the session cookie's Secure flag is %s", async (scheme, secure) => {
  const parley = await startParley({ config: { publicUrl: "https://parley.example" } });
  const answer = await visit(parley.url)
    .get("/login")
    .set("Host", "parley.example")
    .set("X-Forwarded-Proto", scheme);
  const cookie = answer.get("Set-Cookie")?.join() ?? "";
  expect(cookie).toMatch(/^parley\.sid=.*HttpOnly.*SameSite=Lax/);
  expect(cookie.includes("Secure")).toBe(secure);
  await parley.close();
});
