import { sql, type Kysely } from "kysely";

/** Runs them one after the other. */
export async function runAll(db: Kysely<unknown>, texts: string[]): Promise<void> {
  for (const text of texts) await sql.raw(text).execute(db);
}
