import { createServer, get } from "node:http";
import { expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox/server.ts";
import { useSandbox } from "./useSandbox.ts";

const use = useSandbox();

test("a page that points its own name here reads nothing", async () => {
  const { port } = new URL(use.sandbox.url);
  const status = await new Promise((resolve, reject) => {
    const options = { port, path: "/_sandbox/log", headers: { host: "evil.example" } };
    get(options, (answer) => resolve(answer.resume().statusCode)).on("error", reject);
  });
  expect(status).toBe(421);
});

test("it listens on this machine only, unless told otherwise", async () => {
  expect(use.sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  const { port } = new URL(use.sandbox.url);
  const taken = createServer();
  const failed = new Promise((resolve) => taken.once("error", resolve));
  taken.listen(Number(port), "127.0.0.1");
  await failed;
  const everywhere = await startSandbox({ host: "0.0.0.0" });
  expect((await fetch(everywhere.url)).status).toBe(200);
  await everywhere.close();
});
