import { afterAll, beforeAll, expect, test } from "vitest";
import { startParley, type Parley } from "../support/parley.ts";
import { visit } from "../support/visitor.ts";

let parley: Parley;
beforeAll(async () => {
  parley = await startParley({ config: { publicUrl: "https://parley.example" } });
});
afterAll(() => parley.close());

const asking = (path: string, host: string) =>
  visit(parley.url).get(path).set({ Host: host, "X-Forwarded-Proto": "https" });

test.each(["parley.example", "localhost:3000", "127.0.0.1", "[::1]:3000"])(
  "a request for %s is answered",
  async (host) => {
    expect((await asking("/login", host)).status).toBe(200);
  },
);

test.each(["evil.example", "parley.example.evil.example", "parley.example:8080", "10.0.0.7"])(
  "a request for %s is refused",
  async (host) => {
    for (const path of ["/login", "/sms", "/assets/app.css"])
      expect((await asking(path, host)).status).toBe(421);
  },
);

test("health checks may come under any name", async () => {
  expect((await asking("/healthz", "10.0.0.7")).text).toBe("ok\n");
  expect((await asking("/readyz", "10.0.0.7")).text).toBe("ready\n");
});
