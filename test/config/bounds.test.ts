import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { BadConfig, readConfig } from "../../src/config.ts";
import { keptSecret } from "../../src/config/keptSecret.ts";
import { isLoopback } from "../../src/config/loopback.ts";
import { warnings, type Exposure } from "../../src/config/warnings.ts";

const folder = mkdtempSync(join(tmpdir(), "parley-bounds-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = "a secret of the tests";
const read = (more: Record<string, string>) =>
  readConfig({ SESSION_SECRET: secret, DATA_DIR: folder, ...more });
const isTaken = (more: Record<string, string>) => {
  try {
    return read(more) !== undefined;
  } catch (error) {
    if (error instanceof BadConfig) return false;
    throw error;
  }
};

test.each<[Record<string, string>, boolean]>([
  [{ PORT: "0" }, true],
  [{ PORT: "65535" }, true],
  [{ PORT: "65536" }, false],
  [{ PORT: "-1" }, false],
  [{ PORT: "80.5" }, false],
  [{ SESSION_SECRET: "x".repeat(16) }, true],
  [{ SESSION_SECRET: "x".repeat(15) }, false],
  [{ SESSION_SECRET: `${"x".repeat(16)},` }, false],
  [{ METRICS_TOKEN: "x".repeat(16) }, true],
  [{ METRICS_TOKEN: "x".repeat(15) }, false],
  [{ HISTORY_LIMIT: "1" }, true],
  [{ HISTORY_LIMIT: "0" }, false],
  [{ SESSION_IDLE: "999999d" }, true],
  [{ SESSION_IDLE: "1000000d" }, false],
  [{ SESSION_IDLE: "1w" }, false],
  [{ SESSION_IDLE: "01d" }, false],
  [{ DATABASE_URL: "postgresql://db/parley" }, true],
  [{ DATABASE_URL: "mysql://db/parley" }, false],
  [{ PUBLIC_URL: "https://parley.example/" }, true],
  [{ PUBLIC_URL: "https://parley.example/path" }, false],
  [{ PUBLIC_URL: "parley.example" }, false],
  [{ ALLOW_HTTP: "yes" }, false],
  [{ PUBLIC_URL: "http://[::1]:3000" }, true],
  [{ ALLOWED_ACCOUNTS: `AC${"A".repeat(32)}` }, false],
])("%j is taken: %s", (variables, taken) => {
  expect(isTaken(variables)).toBe(taken);
});

test("an empty variable is one that is not set", () => {
  expect(read({ PORT: "", PUBLIC_URL: "", METRICS_TOKEN: "", HISTORY_LIMIT: "" })).toMatchObject({
    port: 3_000,
    publicUrl: undefined,
    metricsToken: undefined,
    historyLimit: undefined,
    production: false,
  });
});

test("every fault is told at once, each by its variable", () => {
  const wrong = {
    PORT: "x",
    HISTORY_LIMIT: "-1",
    LOG_LEVEL: "loud",
    NODE_ENV: "production",
    SESSION_SECRET: "",
  };
  expect(() => read(wrong)).toThrow(
    /^PORT .*\nLOG_LEVEL .*\nHISTORY_LIMIT .*\nSESSION_SECRET is required in production$/,
  );
});

test.each([
  [undefined, false],
  ["false", false],
  ["true", true],
  ["1", 1],
  ["10.0.0.1, loopback", "10.0.0.1, loopback"],
])("TRUST_PROXY=%s is %j", (TRUST_PROXY, trustProxy) => {
  expect(read(TRUST_PROXY === undefined ? {} : { TRUST_PROXY }).trustProxy).toBe(trustProxy);
});

test("addresses lose the slash at their end, and accounts may stand apart by spaces or commas", () => {
  const [one, two] = [`AC${"1".repeat(32)}`, `AC${"2".repeat(32)}`];
  const config = read({ PUBLIC_URL: "https://parley.example/", ALLOWED_ACCOUNTS: ` ${one} ,${two},` });
  expect([config.publicUrl, config.allowedAccounts]).toEqual(["https://parley.example", [one, two]]);
});

test("what somebody else wrote into the file of the secret stays, with nothing beside it, in a folder of the owner alone", () => {
  const dataDir = join(folder, "short");
  expect(keptSecret(dataDir)).toHaveLength(43);
  writeFileSync(join(dataDir, "session-secret"), "short");
  expect(keptSecret(dataDir)).toBe("short");
  expect(readdirSync(dataDir)).toEqual(["session-secret"]);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
});

test.each([
  ["http://localhost:3000", true],
  ["http://127.0.0.1", true],
  ["https://[::1]:3000/x", true],
  ["http://127.0.0.1.evil.example", false],
  ["http://localhost.evil.example", false],
  ["http://0.0.0.0", false],
])("%s leads to this machine alone: %s", (url, isOwn) => {
  expect(isLoopback(url)).toBe(isOwn);
});

const safe: Exposure = {
  publicUrl: "https://parley.example",
  allowedAccounts: ["AC1"],
  databaseUrl: undefined,
  twilioApiUrl: undefined,
  trustProxy: 1,
};
test.each<[Partial<Exposure>, string | undefined]>([
  [{}, undefined],
  [{ allowedAccounts: undefined }, "ALLOWED_ACCOUNTS"],
  [{ allowedAccounts: undefined, publicUrl: "http://localhost:3000" }, undefined],
  [{ publicUrl: "http://parley.example" }, "PUBLIC_URL"],
  [{ twilioApiUrl: "http://twilio.example" }, "TWILIO_API_URL"],
  [{ twilioApiUrl: "http://127.0.0.1:4010" }, undefined],
  [{ databaseUrl: "postgres://db.example/parley?sslmode=require" }, "DATABASE_URL"],
  [{ databaseUrl: "postgres://db.example/parley?x=1&sslmode=verify-full" }, undefined],
  [{ databaseUrl: "postgres://localhost/parley" }, undefined],
  [{ trustProxy: true }, "TRUST_PROXY"],
])("%j is warned of by %s", (change, name) => {
  const told = warnings({ ...safe, ...change });
  expect(told.map((sentence) => sentence.split(/[ =]/)[0])).toEqual(name === undefined ? [] : [name]);
});
