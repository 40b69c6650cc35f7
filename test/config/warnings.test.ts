import { expect, test } from "vitest";
import { warnings, type Exposure } from "../../src/config/warnings.ts";

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
