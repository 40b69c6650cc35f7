import express from "express";
import { expect, test } from "vitest";
import { measuring, type Answered } from "../../src/middleware/measuring.ts";
import { serve } from "../support/localServer.ts";

/** A server that answers every address with this status; what was told of it. */
async function measured(status = 200) {
  const told: Answered[] = [];
  const app = express().use(measuring((answered) => told.push(answered)));
  const arrived = Promise.withResolvers<void>();
  app.use("/slow", () => arrived.resolve());
  app.use((_request, response) => void response.status(status).end());
  const url = await serve(app);
  const ask = (method: string, path: string, signal?: AbortSignal) => fetch(url + path, { method, signal });
  const toldOf = async (count = 1) => {
    await expect.poll(() => told.length).toBe(count);
    return told.map(({ kind, path }) => [kind, path]);
  };
  return { told, ask, toldOf, arrived: arrived.promise };
}

test.each([
  ["POST", "/sms", "webhook"],
  ["POST", "/sms/status", "webhook"],
  ["GET", "/sms", "webhook"],
  ["POST", "/sms/other", "form"],
  ["GET", "/assets/app.js", "asset"],
  ["GET", "/assets", "page"],
  ["GET", "/chat", "page"],
  ["HEAD", "/chat", "page"],
  ["POST", "/logout", "form"],
  ["DELETE", "/chat", "form"],
])("%s %s is a %s", async (method, path, kind) => {
  const { ask, toldOf } = await measured();
  await ask(method, path);
  expect(await toldOf()).toEqual([[kind, path]]);
});

test("what is told is the path without its query, the status that was answered, and the time it took", async () => {
  const { ask, told, toldOf } = await measured(404);
  const startedAt = performance.now();
  await ask("GET", "/chat?search=secret");
  expect(await toldOf()).toEqual([["page", "/chat"]]);
  const [{ status, seconds } = { status: 0, seconds: -1 }] = told;
  expect(status).toBe(404);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual((performance.now() - startedAt) / 1_000);
});

test("a live stream lasts as long as somebody looks, and is told of by nobody", async () => {
  const { ask, toldOf } = await measured();
  await ask("GET", "/events?after=1");
  await ask("GET", "/chat");
  expect(await toldOf()).toEqual([["page", "/chat"]]);
});

test("an answer that nobody waited for is told of all the same, once", async () => {
  const { ask, toldOf, arrived } = await measured();
  const gone = new AbortController();
  const asked = ask("GET", "/slow", gone.signal);
  await arrived;
  gone.abort();
  await expect(asked).rejects.toThrow("aborted");
  await ask("GET", "/chat");
  expect((await toldOf(2)).toSorted()).toEqual([
    ["page", "/chat"],
    ["page", "/slow"],
  ]);
});
