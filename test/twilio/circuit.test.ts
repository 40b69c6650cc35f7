import { expect, test } from "vitest";
import { AnswerLost, TwilioRefused, TwilioUnreachable } from "../../src/models/errors.ts";
import { createTwilioApi } from "../../src/twilio/client.ts";
import { serve } from "../support/localServer.ts";

const credentials = { accountSid: `AC${"51".repeat(16)}`, authToken: "5e".repeat(16) };
const circuit = { failures: 3, firstMs: 200, longestMs: 200 };

/** A Twilio that answers everything with the status that `state` has at the time. */
async function twilioIn(state: { status: number }) {
  const asked: string[] = [];
  const apiUrl = await serve((request, response) => {
    asked.push(request.method ?? "");
    response.writeHead(state.status, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ messages: [], next_page_uri: null }));
  });
  const api = createTwilioApi({ apiUrl, circuit });
  const read = () => api.listMessages(credentials, { pageSize: 1 });
  return { asked, api, read };
}

test("after failures in a row reads fail at once; when one comes back, all go on", async () => {
  const state = { status: 503 };
  const { asked, read } = await twilioIn(state);
  for (let count = 0; count < 6; count += 1) await expect(read()).rejects.toThrow(TwilioUnreachable);
  expect(asked).toHaveLength(3);
  state.status = 200;
  await expect.poll(read).toEqual({ messages: [], nextPage: null });
  expect(asked).toHaveLength(4);
  await Promise.all([read(), read(), read()]);
  expect(asked).toHaveLength(7);
});

test("what people send is tried all the same", async () => {
  const { asked, api, read } = await twilioIn({ status: 500 });
  for (let count = 0; count < 5; count += 1) await expect(read()).rejects.toThrow(TwilioUnreachable);
  const message = {
    twilioNumber: "+15014434496",
    target: "+15012080731",
    body: "Hi",
    statusCallback: undefined,
  };
  await expect(api.sendMessage(credentials, message)).rejects.toThrow(AnswerLost);
  expect(asked.filter((method) => method === "POST")).toHaveLength(1);
});

test("a clear no is an answer, and opens nothing", async () => {
  const { asked, read } = await twilioIn({ status: 400 });
  for (let count = 0; count < 6; count += 1) await expect(read()).rejects.toThrow(TwilioRefused);
  expect(asked).toHaveLength(6);
});

test("what was given up here says nothing about Twilio", async () => {
  const state = { status: 200 };
  const { asked, api, read } = await twilioIn(state);
  const release = api.abandon("read", credentials.accountSid);
  for (let count = 0; count < 6; count += 1) await expect(read()).rejects.toThrow(TwilioUnreachable);
  release();
  await read();
  expect(asked).toHaveLength(1);
});
