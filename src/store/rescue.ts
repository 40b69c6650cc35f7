import { join } from "node:path";
import type { KeptStores } from "../models/index.ts";
import type { Account } from "../models/types.ts";
import { People } from "./chat/people.ts";
import { Writer } from "./commits/writer.ts";
import type { Engine } from "./engines/engine.ts";
import { openSqlite } from "./engines/sqlite/engine.ts";

/** What people made here, as far as it can be read, in a SQLite database whose other tables may be damaged or of another version. */
export function openKept(dataDir: string) {
  const engine = openSqlite(dataDir);
  const writer = new Writer(engine, { onEvents: () => undefined });
  const stores: KeptStores = { people: new People(engine, writer) };
  return {
    stores,
    accounts: async (): Promise<Account[]> => {
      const rows = await engine.db.selectFrom("people").select("account_sid").distinct().execute();
      const left = await loggedOut(engine);
      const sids = rows.map(({ account_sid }) => account_sid).filter((sid) => !left.has(sid));
      return sids.map((sid) => ({ sid, friendlyName: "", type: "Full", status: "active" }));
    },
    close: () => engine.close(),
  };
}

/** Where what could be read of an account is saved. */
export function copyOf(dataDir: string, sid: string): string {
  return join(dataDir, `copy-${sid}.json`);
}

// Their erasure was on its way; a table that cannot be read tells nothing.
async function loggedOut({ db }: Engine): Promise<Set<string>> {
  const rows = await db
    .selectFrom("accounts")
    .select("sid")
    .where("leaving", "=", 1)
    .execute()
    .catch(() => []);
  return new Set(rows.map(({ sid }) => sid));
}
