import type { KeptStores } from "../models/index.ts";
import type { Account } from "../models/types.ts";
import { People } from "./chat/people.ts";
import { Writer } from "./commits/writer.ts";
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
      return rows.map(({ account_sid: sid }) => ({ sid, friendlyName: "", type: "Full", status: "active" }));
    },
    close: () => engine.close(),
  };
}
