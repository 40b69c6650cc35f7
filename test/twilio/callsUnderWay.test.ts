import { once } from "node:events";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { AnswerLost, TwilioUnreachable } from "../../src/models/errors.ts";
import { createTwilioApi } from "../../src/twilio/client.ts";
import { anna, beginner, shop, shopNumber } from "../support/people.ts";
import { serve } from "../support/localServer.ts";

const text = { twilioNumber: shopNumber, target: anna, body: "Hi", statusCallback: undefined };

/** Somebody who never answers, and says when so many calls have come. */
async function silence(calls: number) {
  const counter = createServer();
  let seen = 0;
  const apiUrl = await serve(() => {
    seen += 1;
    if (seen === calls) counter.emit("come");
  });
  return { api: createTwilioApi({ apiUrl, timeoutMs: 60_000 }), come: once(counter, "come") };
}

test("reads are given up at once, writes only when told, and say that their answer is lost", async () => {
  const { api, come } = await silence(2);
  const read = api.listNumbers(shop).catch((error: unknown) => error);
  const write = api.sendMessage(shop, text).catch((error: unknown) => error);
  await come;
  api.abandon("read");
  expect(await read).toBeInstanceOf(TwilioUnreachable);
  api.abandon("write");
  expect(await write).toBeInstanceOf(AnswerLost);
});

test("the calls of one account are given up without touching another's, also those that begin meanwhile", async () => {
  const { api, come } = await silence(2);
  const own = api.listNumbers(shop).catch((error: unknown) => error);
  let theirsEnded = false;
  const theirs = api.listNumbers(beginner).catch(() => (theirsEnded = true));
  await come;
  const release = api.abandon("read", shop.accountSid);
  expect(await own).toBeInstanceOf(TwilioUnreachable);
  await expect(api.listNumbers(shop)).rejects.toBeInstanceOf(TwilioUnreachable);
  expect(theirsEnded).toBe(false);
  api.abandon("read", beginner.accountSid);
  await theirs;
  release();
  const again = api.listNumbers(shop).catch((error: unknown) => error);
  api.abandon("read");
  expect(await again).toBeInstanceOf(TwilioUnreachable);
});
