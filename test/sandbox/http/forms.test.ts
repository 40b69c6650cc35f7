import { expect, test } from "vitest";
import { anna, shop, shopNumber } from "../../support/people.ts";
import { authorization, useSandbox } from "../useSandbox.ts";

const use = useSandbox();

const post = (body: string | FormData, headers: Record<string, string> = {}) =>
  fetch(`${use.sandbox.url}/2010-04-01/Accounts/${shop.accountSid}/Messages.json`, {
    method: "POST",
    headers: { Authorization: authorization(shop), ...headers },
    body,
  });

test("a multipart form is read like any other, repeated fields included", async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ From: shopNumber, To: anna, Body: "Hi" }))
    form.set(name, value);
  for (const name of ["a", "b"]) form.append("MediaUrl", `https://example.com/${name}.png`);
  const answer = await post(form);
  expect([answer.status, await answer.json()]).toMatchObject([201, { body: "Hi", num_media: "2" }]);
});

test("a broken multipart form is refused in words", async () => {
  const answer = await post("--x\r\nnonsense", { "Content-Type": "multipart/form-data; boundary=x" });
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { code: 20001, message: "The form cannot be read" },
  ]);
});
