import { expect, test } from "vitest";
import { shop } from "../../support/people.ts";
import { authorization, useSandbox } from "../useSandbox.ts";

const use = useSandbox();
const path = `/2010-04-01/Accounts/${shop.accountSid}/Messages.json`;
const ask = (method: string, headers: Record<string, string> = {}) =>
  fetch(use.sandbox.url + path, { method, headers: { Origin: "https://app.example", ...headers } });

test("a browser's question before the call needs no credentials", async () => {
  const { status, headers } = await ask("OPTIONS", {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization",
  });
  expect(status).toBe(204);
  expect(headers.get("access-control-allow-origin")).toBe("*");
  expect(headers.get("access-control-allow-methods")).toBe("GET, POST, DELETE, OPTIONS");
  expect(headers.get("access-control-allow-headers")).toMatch(
    /^Accept, Authorization, Content-Type, If-Match,/,
  );
  expect(headers.get("access-control-expose-headers")).toBe("ETag");
});

test.each([
  ["an answer", 200, { Authorization: authorization(shop) }],
  ["a refusal", 401, {}],
])("%s may be read by any page", async (_what, status, headers) => {
  const answer = await ask("GET", headers);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
});

test("no other site may use the control API", async () => {
  const answer = await fetch(`${use.sandbox.url}/_sandbox/log`, {
    headers: { Origin: "https://app.example" },
  });
  expect(answer.headers.has("access-control-allow-origin")).toBe(false);
});
