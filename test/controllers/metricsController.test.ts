import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { chatPath } from "../support/pages.ts";
import { shop } from "../support/people.ts";
import { postForm, postSigned, textForm } from "../support/twilioForms.ts";
import { hidden, visit } from "../support/visitor.ts";
import { eventually, watch } from "../support/watching.ts";

const token = "a token for tests only";
let parley: Parley;
beforeAll(async () => {
  parley = await startParley({ config: { metricsToken: token } });
});
afterAll(() => parley.close());

const ask = (authorization = "") =>
  visit(parley.url).get("/metrics").set({ Authorization: authorization, Host: "10.0.0.7" });

test.each(["", "Bearer wrong", token, `Basic ${token}`])(
  "without the token (%s) nothing is told",
  async (sent) => {
    const answer = await ask(sent);
    expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
    expect(answer.text).not.toContain("parley_");
  },
);

test("without a token set there is no such page", async () => {
  const own = await startParley();
  expect((await visit(own.url).get("/metrics").set("Authorization", "Bearer ")).status).toBe(404);
  await own.close();
});

test("webhooks, calls, commits, streams, audit events and the process are told, and nobody's secrets", async () => {
  const visitor = visit(parley.url);
  await visitor.signIn(shop);
  await postSigned(parley.url, textForm());
  await postForm(`${parley.url}/sms`, textForm(), "forged");
  const formId = hidden((await visitor.get(chatPath())).text, "formId");
  await visitor.submit(chatPath(), `${chatPath()}/messages`, { formId, body: "Hi" });
  const { messages } = parley.server.dependencies.store;
  await eventually(
    parley,
    async () => (await messages.find(shop.accountSid, formId))?.status === "delivered",
  );
  const page = await watch(parley, visitor);
  const { text, headers } = await ask(`Bearer ${token}`);
  expect(headers["content-type"]).toContain("text/plain");
  for (const line of [
    /^parley_webhooks_total\{path="\/sms",status="200"\} 1$/m,
    /^parley_webhooks_total\{path="\/sms",status="403"\} 1$/m,
    /^parley_twilio_call_seconds_count\{product="api",method="GET",status="200"\} \d+$/m,
    /^parley_commit_seconds_count [1-9]\d*$/m,
    /^parley_sends_total\{status="pending"\} 1$/m,
    /^parley_sends_total\{status="delivered"\} 1$/m,
    /^parley_live_streams 1$/m,
    /^parley_sync_age_seconds [\d.]+$/m,
    /^parley_audit_events_total\{event="webhook refused"\} 1$/m,
    /^parley_request_seconds_count\{kind="webhook",status="200"\} 1$/m,
    /^nodejs_eventloop_lag_p99_seconds /m,
    /^process_resident_memory_bytes /m,
  ])
    expect(text).toMatch(line);
  for (const hidden of [shop.accountSid, shop.authToken, token]) expect(text).not.toContain(hidden);
  page.close();
});
