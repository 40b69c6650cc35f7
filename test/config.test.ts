import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { BadConfig, readConfig } from "../src/config.ts";
import { warnings } from "../src/config/warnings.ts";

const DATA_DIR = mkdtempSync(join(tmpdir(), "parley-config-"));
afterAll(() => rmSync(DATA_DIR, { recursive: true, force: true }));
const read = (more: Record<string, string> = {}) => readConfig({ DATA_DIR, ...more });
const secret = "a secret of the tests";

test("with nothing set, a secret is made once, for the owner's eyes only", () => {
  const { sessionSecret } = read();
  expect(sessionSecret).toMatch(/^[\w-]{43}$/);
  expect(read().sessionSecret).toBe(sessionSecret);
  expect(statSync(join(DATA_DIR, "session-secret")).mode & 0o777).toBe(0o600);
});

test("an empty secret file, as a power cut leaves one, is made anew", () => {
  const file = join(DATA_DIR, "session-secret");
  writeFileSync(file, "");
  expect(read().sessionSecret).toBe(readFileSync(file, "utf8"));
  expect(read().sessionSecret).toMatch(/^[\w-]{43}$/);
});

test("a secret may come from a file", () => {
  const file = join(DATA_DIR, "mounted");
  writeFileSync(file, `${secret}\n`);
  expect(read({ SESSION_SECRET_FILE: file, NODE_ENV: "production" }).sessionSecret).toBe(secret);
});

test("room for pictures is told in megabytes", () => {
  expect(read().mediaCacheBytes).toBe(500 * 1_024 * 1_024);
  expect(read({ MEDIA_CACHE: "2" }).mediaCacheBytes).toBe(2 * 1_024 * 1_024);
});

test("times are written with a unit", () => {
  const { sessionTerms, keepAccountsMs } = read({
    SESSION_IDLE: "90s",
    SESSION_MAX: "12h",
    KEEP_ACCOUNTS: "2d",
  });
  expect([sessionTerms, keepAccountsMs]).toEqual([{ idleMs: 90_000, longestMs: 43_200_000 }, 172_800_000]);
});

test.each([
  [{ SESSION_SECRET: "short" }, "SESSION_SECRET"],
  [{ SESSION_SECRET: `${secret},short` }, "SESSION_SECRET"],
  [{ SESSION_SECRET_FILE: "/nowhere/at/all" }, "SESSION_SECRET_FILE"],
  [{ NODE_ENV: "production" }, "SESSION_SECRET is required"],
  [{ SESSION_IDLE: "14" }, "SESSION_IDLE"],
  [{ SESSION_MAX: "0d" }, "SESSION_MAX"],
  [{ ALLOWED_ACCOUNTS: "AC123" }, "ALLOWED_ACCOUNTS"],
  [{ PUBLIC_URL: "http://parley.example" }, "PUBLIC_URL"],
  [{ TWILIO_API_URL: "http://10.0.0.7" }, "TWILIO_API_URL"],
  [{ PORT: "x", LOG_LEVEL: "loud" }, "LOG_LEVEL"],
])("%o is refused with its name", (wrong, name) => {
  expect(() => read(wrong)).toThrow(BadConfig);
  expect(() => read(wrong)).toThrow(name);
});

test.each<Record<string, string>>([
  { PUBLIC_URL: "http://127.0.0.1:3000", TWILIO_API_URL: "http://localhost:4010" },
  { PUBLIC_URL: "http://parley.example", ALLOW_HTTP: "1" },
  { ALLOWED_ACCOUNTS: `AC${"1".repeat(32)}, AC${"2".repeat(32)}` },
])("%o is taken", (right) => {
  expect(() => read(right)).not.toThrow();
});

test("what should be thought about before going live is warned of", () => {
  expect(warnings(read())).toEqual([]);
  const live = {
    PUBLIC_URL: "http://parley.example",
    ALLOW_HTTP: "1",
    DATABASE_URL: "postgres://parley:x@db.example/parley",
    TRUST_PROXY: "true",
  };
  expect(warnings(read(live)).join()).toMatch(
    /ALLOWED_ACCOUNTS.*PUBLIC_URL.*sslmode=verify-full.*TRUST_PROXY/,
  );
  const careful = {
    PUBLIC_URL: "https://parley.example",
    ALLOWED_ACCOUNTS: `AC${"1".repeat(32)}`,
    DATABASE_URL: "postgres://parley:x@db.example/parley?sslmode=verify-full",
  };
  expect(warnings(read(careful))).toEqual([]);
});

const isTaken = (more: Record<string, string>) => {
  try {
    return read({ SESSION_SECRET: secret, ...more }) !== undefined;
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
  [{ MEDIA_CACHE: "0" }, true],
  [{ MEDIA_CACHE: "-1" }, false],
  [{ MEDIA_CACHE: "a lot" }, false],
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
