import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import type { CompiledQuery } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { chatPage } from "../../../src/controllers/chat/chatPage.ts";
import type { ChatModels, ChatQuery } from "../../../src/controllers/chat/chatParts.ts";
import type { Accounts } from "../../../src/models/account/accounts.ts";
import { Addressees } from "../../../src/models/chat/addressees.ts";
import { Conversations } from "../../../src/models/chat/conversations.ts";
import { Searches } from "../../../src/models/chat/searches.ts";
import { TooMany } from "../../../src/models/errors.ts";
import { Numbers } from "../../../src/models/numbers/numbers.ts";
import { History } from "../../../src/models/sync/history.ts";
import { WebhookRefusals } from "../../../src/models/sync/webhookRefusals.ts";
import type { TwilioApi } from "../../../src/models/index.ts";
import { migrate } from "../../../src/store/engines/migrations/migrations.ts";
import { openSqlite } from "../../../src/store/engines/sqlite/engine.ts";
import { assemble, type Store } from "../../../src/store/store.ts";
import { inbound, pair } from "../../support/messages.ts";
import { recording } from "../../support/statements.ts";
import { signedIn } from "../../support/stores.ts";

// Each costs some 50 µs, of which SQLite itself takes the smaller part.
const mostStatements = 12;
// The feed of live events looks when it likes, also in the middle of a page.
const isFeed = ({ sql }: CompiledQuery) => sql.includes('from "events" where "id" >');
const growing = /^(SCAN (messages|conversations|targets|people|events)\b|USE TEMP B-TREE FOR ORDER BY)/;

let dataDir: string;
let store: Store;
let accountSid: string;
let models: ChatModels;
const asked: CompiledQuery[] = [];
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-page-"));
  const engine = openSqlite(dataDir);
  await migrate(engine);
  const options = { dataDir, secret: "a secret of the tests" };
  store = await assemble(recording(engine, asked), options, (error) => {
    throw error;
  });
  accountSid = await signedIn(store);
  models = modelsOf(store);
  for (let index = 0; index < 120; index += 1)
    await store.messages.take(
      accountSid,
      [inbound({ target: `+1555222${1_000 + (index % 60)}` })],
      "webhook",
    );
  await store.messages.take(accountSid, [inbound()], "webhook");
});
beforeEach(() => void asked.splice(0));
afterAll(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true });
});

// What a page asks of these concerns the store alone.
function modelsOf(store: Store): ChatModels {
  const [twilio, accounts] = [{} as TwilioApi, {} as Accounts];
  const rest = { accounts, verifySignature: () => false, onError: () => undefined };
  return {
    conversations: new Conversations(store),
    numbers: new Numbers(store, twilio, accounts, { smsUrl: undefined }),
    searches: new Searches(store),
    history: new History(store, twilio, accounts),
    webhookRefusals: new WebhookRefusals(store, rest),
  };
}

/** How SQLite goes about it, a line for each step. */
function planOf({ sql, parameters }: CompiledQuery): string[] {
  const database = new SQLite(join(dataDir, "parley.db"), { readonly: true });
  const steps = database
    .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
    .all(...parameters);
  database.close();
  return steps.map(({ detail }) => detail);
}

test.each<[string, ChatQuery]>([
  ["a conversation", pair],
  ["one that was read before", pair],
  ["the list", {}],
  ["the list of what is unread", { filter: "unread" }],
  ["the list of who waits", { twilioNumber: pair.twilioNumber, filter: "waiting", target: pair.target }],
  [
    "the list of a number, further down",
    { twilioNumber: pair.twilioNumber, after: { target: "+15552221030", lastAt: new Date(1e12) } },
  ],
])("%s takes few statements, and none of them looks at all rows of a growing table", async (_, query) => {
  const page = await chatPage(models, accountSid, query);
  expect(page.conversations.length).toBeGreaterThan(0);
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((statement) => !isFeed(statement)).length).toBeLessThanOrEqual(mostStatements);
  for (const statement of asked) expect(planOf(statement).filter((step) => growing.test(step))).toEqual([]);
});

// Whoever signs a text may name any number, also hundreds in a second that are refused.
test("to find a number out is no look at every conversation", async () => {
  const addressees = new Addressees(store, 1);
  for (let last = 1; last <= 3; last += 1)
    await expect(addressees.admit(accountSid, `+1555000990${last}`)).rejects.toBeInstanceOf(TooMany);
  const own = asked.filter((statement) => !isFeed(statement));
  // Three times whether it is known and owned, once how many there are.
  expect(own.length).toBeLessThanOrEqual(7);
  for (const statement of own) expect(planOf(statement).filter((step) => growing.test(step))).toEqual([]);
});

test("behind the end of the list nobody is looked for", async () => {
  const after = { target: "a", lastAt: new Date(0) };
  const page = await chatPage(models, accountSid, { twilioNumber: pair.twilioNumber, after });
  expect(page.conversations).toEqual([]);
  for (const statement of asked) expect(planOf(statement).filter((step) => growing.test(step))).toEqual([]);
});

test("a statement that looks at all rows is found", async () => {
  await store.accounts.find(accountSid);
  const all = {
    ...(asked[0] as CompiledQuery),
    sql: "select * from messages where body = ?",
    parameters: ["x"],
  };
  expect(planOf(all).filter((step) => growing.test(step))).toHaveLength(1);
});
