import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import express from "express";
import { beforeEach, expect, test } from "vitest";
import { uploads } from "../../src/middleware/uploads.ts";
import type { ParleyError } from "../../src/models/errors.ts";
import { serve } from "../support/localServer.ts";

const boundary = "----of-the-tests-7MA4YWxkTrZu0gW";
const largest = 20 * 1024 * 1024;

let url: string;
beforeEach(async () => {
  const app = express();
  app.use((request, _response, next) => {
    Object.assign(request, { session: { accountSid: request.get("x-account") } });
    next();
  });
  app.use(uploads());
  app.use((request, response) => response.send({ bytes: request.file?.size ?? null }));
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  const refused: express.ErrorRequestHandler = (error: ParleyError, _request, response, _next) => {
    response.status(error.status).send({ message: error.message });
  };
  app.use(refused);
  url = await serve(app);
});

interface Sent {
  account?: string;
  path?: string;
  parts?: Part[];
}
/** A field, or a file with its content. */
type Part = [name: string, content: string | Buffer];

async function send({ account = "AC1", path = "/restore", parts = [] }: Sent) {
  const headers: Record<string, string> = account ? { "x-account": account } : {};
  const body = Buffer.concat([...parts.map(written), Buffer.from(`--${boundary}--\r\n`)]);
  const answer = await fetch(url + path, { method: "POST", headers: { ...headers, ...form }, body });
  return [answer.status, await answer.json()] as [number, { bytes?: number | null; message?: string }];
}
function written([name, content]: Part): Buffer {
  const file = typeof content === "string" ? "" : '; filename="copy.json"';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from("\r\n")]);
}
const form = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
const file = (bytes: number): Part => ["copy", Buffer.alloc(bytes)];

/** A file that stays on its way until it is finished. */
async function slowly(account: string) {
  const headers = { "x-account": account, ...form };
  const sending = httpRequest(`${url}/restore`, { method: "POST", headers });
  sending.write(written(["copy", Buffer.from("begun")]).subarray(0, -2));
  const answered = once(sending, "response").then((emitted) => {
    const [response] = emitted as [IncomingMessage];
    return response.resume().statusCode;
  });
  await expect.poll(async () => (await send({ account, parts: [file(1)] }))[0]).toBe(429);
  return {
    finish: () => (sending.end(`\r\n--${boundary}--\r\n`), answered),
    cut: () => sending.destroy(),
    answered,
  };
}

test("a file of twenty megabytes is read whole, one byte more is too large", async () => {
  expect(await send({ parts: [file(largest)] })).toEqual([200, { bytes: largest }]);
  const [status, { message }] = await send({ parts: [file(largest + 1)] });
  expect([status, message]).toEqual([413, "That file is larger than 20 MB, which no copy from Parley is."]);
});

test.each<[string, Part[]]>([
  ["two files", [file(1), file(1)]],
  ["a file under another name", [["other", Buffer.from("x")]]],
  ["eleven fields beside it", Array.from({ length: 11 }, (_, index) => [`field ${index}`, "x"] as Part)],
  ["a field that is long", [["_csrf", "x".repeat(1_025)]]],
])("%s did not arrive whole", async (_, parts) => {
  const [status, { message }] = await send({ parts });
  expect([status, message]).toEqual([422, "That file did not arrive whole. Choose it again."]);
});

test("no file is read from a stranger, nor for any other address", async () => {
  expect(await send({ account: "", parts: [file(9)] })).toEqual([200, { bytes: null }]);
  expect(await send({ path: "/targets", parts: [file(9)] })).toEqual([200, { bytes: null }]);
});

test("an account sends one file at a time, and the next when that one is there or was given up", async () => {
  const first = await slowly("AC1");
  expect(await first.finish()).toBe(200);
  await expect.poll(async () => (await send({ parts: [file(1)] }))[0]).toBe(200);
  const second = await slowly("AC1");
  second.answered.catch(() => undefined);
  second.cut();
  await expect.poll(async () => (await send({ parts: [file(1)] }))[0]).toBe(200);
});

test("four accounts send a file at a time, a fifth is asked to wait", async () => {
  const four = await Promise.all(["AC1", "AC2", "AC3", "AC4"].map(slowly));
  const [status, { message }] = await send({ account: "AC5", parts: [file(1)] });
  expect([status, message]).toEqual([429, "Another file is on its way. Wait until it is there."]);
  expect(await Promise.all(four.map(({ finish }) => finish()))).toEqual([200, 200, 200, 200]);
  await expect.poll(async () => (await send({ account: "AC5", parts: [file(1)] }))[0]).toBe(200);
});
