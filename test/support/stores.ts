import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import type { Draft } from "../../src/models/chat/store.ts";
import type { Told } from "../../src/models/chat/told.ts";
import type { Account, MessageStatus, TwilioMessage, TwilioNumber } from "../../src/models/types.ts";
import { openStore, type Store, type StoreOptions } from "../../src/store/store.ts";

export type EngineName = "sqlite" | "postgres";
export const engines: EngineName[] = ["sqlite", "postgres"];

export interface TestStore {
  store: Store;
  /** What it was opened with: open another instance, or the same again after closing, with these. */
  options: StoreOptions;
  /** Closes the store and removes its folder and database. */
  close(): Promise<void>;
}

/** A fresh store in a folder and database of its own: empty, unless something was put there before it opened. */
export async function openTestStore(
  engine: EngineName = "sqlite",
  prepare: (options: StoreOptions) => Promise<void> = () => Promise.resolve(),
): Promise<TestStore> {
  const dataDir = await mkdtemp(join(tmpdir(), "parley-store-"));
  const databaseUrl = engine === "postgres" ? await createDatabase() : undefined;
  const options = { dataDir, databaseUrl, secret: "a secret of the tests" };
  await prepare(options);
  const store = await openStore(options);
  return {
    store,
    options,
    close: async () => {
      await store.close();
      if (databaseUrl) await dropDatabase(databaseUrl);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Signs a new account in to the store. */
export async function signedIn(store: Store): Promise<string> {
  const sid = `AC${randomBytes(16).toString("hex")}`;
  await store.accounts.save(account(sid), "token of the tests");
  return sid;
}

export function account(sid: string): Account {
  return { sid, friendlyName: "Acme", type: "Full", status: "active" };
}

/** A number of the account's that can do everything. */
export function ownedNumber(phoneNumber: string): TwilioNumber {
  const [createdAt, updatedAt] = [new Date(0), new Date(0)];
  const able = { voice: true, sms: true, mms: true };
  return {
    sid: `PN${phoneNumber}`,
    phoneNumber,
    friendlyName: "",
    ...able,
    smsUrl: "",
    createdAt,
    updatedAt,
  };
}

/** A text that came in just now, unless told otherwise. */
export function twilioMessage(change: Partial<TwilioMessage> = {}): TwilioMessage & { at: Date } {
  return {
    sid: `SM${randomBytes(16).toString("hex")}`,
    twilioNumber: "+15550001111",
    target: "+15552223333",
    direction: "inbound",
    body: "Hello",
    status: change.direction === "outbound" ? "queued" : "received",
    errorCode: null,
    errorMessage: null,
    numMedia: 0,
    at: new Date(),
    serviceSid: null,
    ...change,
  } as TwilioMessage & { at: Date };
}

/** A status callback about this message. */
export function callback(
  message: TwilioMessage,
  status: MessageStatus,
  errorCode: number | null = null,
): Told {
  return { ...message, body: null, status, errorCode, at: null };
}

/** A text of ours on its way to Twilio, in the hands of no living process. */
export function draft(change: Partial<Draft> = {}): Draft {
  const ends = { twilioNumber: "+15550001111", target: "+15552223333" };
  return { ...ends, id: "form-1", body: "Hi", at: new Date(), holder: "nobody", ...change };
}

/** Runs SQL as the owner of the server, in the store's database unless told otherwise. */
export async function query(databaseUrl: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function createDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await query(inject("postgresUrl"), `create database ${name}`);
  return inject("postgresUrl").replace(/\/postgres$/, `/${name}`);
}

async function dropDatabase(databaseUrl: string): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1);
  await query(inject("postgresUrl"), `drop database ${name} with (force)`);
}
