import { expect, test } from "vitest";
import { anna, shop, shopNumber } from "../../support/people.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();
const redact = (sid: string, what: object = {}) =>
  use.control("POST", `accounts/${shop.accountSid}/messages/${sid}/redactions`, what);
const logged = async (sid: string) => (await use.call("GET", `Messages/${sid}.json`)).body;

test("a redacted message has no words, and only our own number in full", async () => {
  const { message } = await use.text("My secret");
  expect((await redact(message.sid)).status).toBe(201);
  expect(await logged(message.sid)).toMatchObject({
    body: "",
    from: `${anna.slice(0, -4)}XXXX`,
    to: shopNumber,
  });
});

test("words and numbers are redacted apart", async () => {
  const { message } = await use.text("My secret");
  await redact(message.sid, { body: false });
  expect(await logged(message.sid)).toMatchObject({ body: "My secret", from: `${anna.slice(0, -4)}XXXX` });
  const { message: other } = await use.text("My secret");
  await redact(other.sid, { numbers: false });
  expect(await logged(other.sid)).toMatchObject({ body: "", from: anna });
});

test("Twilio's own redaction empties the words", async () => {
  const { message } = await use.text("My secret");
  expect((await use.call("POST", `Messages/${message.sid}.json`, { Body: "" })).body.body).toBe("");
  expect(await logged(message.sid)).toMatchObject({ body: "", from: anna });
});

test("an account's messages are told without the bytes of their pictures", async () => {
  const media = [{ contentType: "image/png", content: Buffer.from("89504e47", "hex") }];
  await use.sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "", media });
  const { body } = await use.control("GET", `accounts/${shop.accountSid}/messages`);
  expect((body.messages as object[])[0]).toMatchObject({ media: [{ contentType: "image/png", bytes: 4 }] });
});

test("who and what there is not is said so", async () => {
  expect((await redact("SM0")).body.message).toBe("There is no such message");
  expect((await use.control("GET", "accounts/AC0/messages")).body.message).toBe("There is no such account");
  expect((await redact("SM0", { sender: true })).status).toBe(404);
});
