import express from "express";
import supertest from "supertest";
import { expect, test } from "vitest";
import { refuse, warn } from "../../src/controllers/refuse.ts";
import { Invalid, NotFound, TooMany } from "../../src/models/errors.ts";

/** Posts a form that is refused so; what came back, and in which order it came about. */
async function post(error: unknown, { alreadySaid = [] as string[] } = {}) {
  const steps: string[] = [];
  const audited: unknown[] = [];
  const app = express().post("/", async (_request, response) => {
    response.locals.alerts = [];
    response.locals.audit = (...line) => audited.push(line);
    response.locals.readLiveCursor = () => Promise.resolve(void steps.push("cursor"));
    for (const message of alreadySaid) warn(response, message);
    await refuse(response, error, () => {
      steps.push("page");
      response.send(response.locals.alerts);
    });
  });
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  const wentOn: express.ErrorRequestHandler = (fault, _request, reply, _next) => {
    reply.status(599).send(fault === error ? "went on" : "another error");
  };
  app.use(wentOn);
  const answer = await supertest(app).post("/");
  return { answer, steps, audited, alerts: answer.body as { kind: string; message: string }[] };
}

test("a refused form is answered with its status and its page, with the reason above", async () => {
  const { answer, alerts, audited } = await post(new Invalid("Type a message first."));
  expect(answer.status).toBe(422);
  expect(alerts).toEqual([{ kind: "danger", message: "Type a message first." }]);
  expect(answer.headers["retry-after"]).toBeUndefined();
  expect(audited).toEqual([]);
});

test("the page that comes back knows from where it listens before anything of it is drawn", async () => {
  expect((await post(new Invalid("No."))).steps).toEqual(["cursor", "page"]);
});

test("what is too often says when to come again, and is noted by the limit's name alone", async () => {
  const { answer, audited } = await post(new TooMany("Wait a little.", 42, "sendsOfSession"));
  expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "42"]);
  expect(audited).toEqual([["limit", { limit: "sendsOfSession" }]]);
});

test.each([
  ["what is not there", new NotFound()],
  ["a fault of our own", new Error("a bug")],
  ["what is no error at all", "a text"],
])("%s is no refusal, and goes on to the error page", async (_, error) => {
  const { answer, steps } = await post(error);
  expect([answer.status, answer.text]).toEqual([599, "went on"]);
  expect(steps).toEqual([]);
});

test("the same sentence stands above a page once, others beside it", async () => {
  const { alerts } = await post(new Invalid("No."), { alreadySaid: ["No.", "Nor this."] });
  expect(alerts.map(({ message }) => message)).toEqual(["No.", "Nor this."]);
});
