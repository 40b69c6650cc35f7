import express from "express";
import supertest from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { errors } from "../../src/middleware/errors.ts";
import { ForeignForm, Invalid, NotFound, StoreUnavailable, TooMany } from "../../src/models/errors.ts";
import { alerts, heading } from "../support/pages.ts";
import { startParley, type Parley } from "../support/parley.ts";
import { shop } from "../support/people.ts";
import { visit, type Visitor } from "../support/visitor.ts";

let parley: Parley;
let visitor: Visitor;
beforeAll(async () => {
  parley = await startParley({ config: { logLevel: "silent" } });
  visitor = visit(parley.url);
  await visitor.signIn(shop);
});
afterAll(() => parley.close());

const isPlain = (html: string) => !/at .*\.ts:\d+|Error:/.test(html);

test("an address with nothing behind it is a page that leads back to the chat", async () => {
  const { status, text } = await visitor.get("/nothing-here");
  expect([status, heading(text)]).toEqual([404, "Not found"]);
  expect(alerts(text)).toEqual(["There is nothing at this address."]);
  expect(text).toContain('href="/chat">Back to chat</a>');
});

test.each(["/chat/%E0%A4%A/x", "/chat/%zz/x"])(
  "%s, which nobody can read, is refused in a sentence",
  async (path) => {
    const { status, text } = await visitor.get(path);
    expect(status).toBe(400);
    expect(alerts(text)).toEqual(["This request makes no sense to Parley."]);
  },
);

test("a form that is far too big is refused in a sentence", async () => {
  const { status, text } = await visitor.submit("/chat", "/targets", { phoneNumber: "1".repeat(300_000) });
  expect([status, alerts(text)]).toEqual([413, ["That is more than this form takes."]]);
});

test("a fault of our own is a page without its details", async () => {
  const own = await startParley({ config: { logLevel: "silent" } });
  const browser = visit(own.url);
  await browser.signIn(shop);
  await own.server.dependencies.store.close();
  const { status, text } = await browser.get("/chat");
  expect(status).toBeGreaterThanOrEqual(500);
  expect(alerts(text)).toHaveLength(1);
  expect(isPlain(text)).toBe(true);
  await own.close();
});

/** A server whose pages fail so, and what became of it. */
function failing(error: unknown, view: (locals: { message?: string; status?: number }) => string = drawn) {
  const reported: [unknown, object][] = [];
  const audited: unknown[] = [];
  const app = express();
  app.engine("ejs", (_path, locals, done) => {
    try {
      done(null, view(locals));
    } catch (fault) {
      done(fault);
    }
  });
  app.set("views", "views").set("view engine", "ejs");
  app.use((_request, response, next) => {
    response.locals.requestId = "request 1";
    response.locals.audit = (...line) => audited.push(line);
    next();
  });
  app.get("/begun", (_request, response) => {
    response.write("The first half");
    throw error;
  });
  app.use(() => {
    throw error;
  });
  app.use(errors((fault, context) => reported.push([fault, context])));
  return {
    ask: (path = "/", method: "get" | "post" = "get") => supertest(app)[method](path),
    reported,
    audited,
  };
}
const drawn = ({ message, status }: { message?: string; status?: number }) => `${status}: ${message}`;

test.each([
  ["a fault of our own", new Error("secret details"), 500, "500: Something went wrong on our side."],
  ["the storage away", new StoreUnavailable(), 503, "503: Parley cannot reach its storage right now."],
])("%s is reported with the request's id, and shown in a sentence", async (_, error, status, begins) => {
  const { ask, reported } = failing(error);
  const answer = await ask();
  expect([answer.status, answer.text.startsWith(begins)]).toEqual([status, true]);
  expect(answer.text).not.toContain("secret");
  expect(reported).toEqual([[error, { requestId: "request 1" }]]);
});

test.each([
  [new Invalid("No."), 422, "422: No."],
  [new NotFound(), 404, "404: There is nothing at this address."],
  [Object.assign(new Error("x"), { status: 413 }), 413, "413: That is more than this form takes."],
  [Object.assign(new Error("x"), { status: 400 }), 400, "400: This request makes no sense to Parley."],
  [Object.assign(new Error("x"), { status: 499 }), 499, "499: This request makes no sense to Parley."],
])("%o is the asker's, and nobody else hears of it", async (error, status, text) => {
  const { ask, reported, audited } = failing(error);
  const answer = await ask();
  expect([answer.status, answer.text, reported, audited]).toEqual([status, text, [], []]);
});

test("a status that is none of an error's is no answer", async () => {
  for (const status of [200, 302, 600, "404"])
    expect((await failing(Object.assign(new Error("x"), { status })).ask()).status).toBe(500);
});

test("what is too often says when to come again, and is noted", async () => {
  const { ask, audited } = failing(new TooMany("Wait.", 7, "exports"));
  const answer = await ask();
  expect([answer.status, answer.headers["retry-after"], audited]).toEqual([
    429,
    "7",
    [["limit", { limit: "exports" }]],
  ]);
});

test.each([
  [new ForeignForm(), "This form came from another site."],
  [Object.assign(new Error("x"), { code: "EBADCSRFTOKEN" }), "This form has been open for too long."],
])("a form that is not ours is noted by its path, without the numbers in it", async (error, sentence) => {
  const { ask, audited } = failing(error);
  const answer = await ask("/chat/%2B15014434496/whatsapp:+15012080731/messages", "post");
  expect([answer.status, answer.text.includes(sentence)]).toEqual([403, true]);
  expect(audited).toEqual([["form refused", { path: "/chat/…/…/messages" }]]);
});

test("an answer that has begun is ended as it is", async () => {
  const { ask, reported } = failing(new Error("too late"));
  const answer = await ask("/begun");
  expect([answer.status, answer.text, reported.length]).toEqual([200, "The first half", 1]);
});

test("where the page itself cannot be drawn, the sentence stands alone, and both faults are reported", async () => {
  const fault = new Error("a bug in a view");
  const error = new StoreUnavailable();
  const { ask, reported } = failing(error, () => {
    throw fault;
  });
  expect((await ask()).text).toBe(error.message);
  expect(reported.map(([each]) => each)).toEqual([error, fault]);
});
