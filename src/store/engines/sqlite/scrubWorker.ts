// A thread's entry: rewrites the database file that it is told of, and answers with what went wrong, or null.
import { parentPort, workerData } from "node:worker_threads";
import SQLite from "better-sqlite3";

const { file } = workerData as { file: string };
const busyMs = 10_000;

parentPort?.postMessage(scrub());

function scrub(): string | null {
  try {
    const database = new SQLite(file, { timeout: busyMs, fileMustExist: true });
    try {
      dropErased(database);
      database.exec("vacuum");
      const [{ busy } = { busy: 1 }] = database.pragma("wal_checkpoint(truncate)") as { busy: number }[];
      if (busy === 0) database.pragma("user_version = 0");
      return busy === 0 ? null : "the log could not be cut";
    } finally {
      database.close();
    }
  } catch (error) {
    return String(error);
  }
}

// The word indexes of accounts that were logged out (wordIndex).
function dropErased(database: SQLite.Database): void {
  const erased = database
    .prepare<[], { name: string }>(
      "select name from sqlite_master where sql like 'create virtual table%' and name like 'erased\\_%' escape '\\'",
    )
    .all();
  for (const { name } of erased) database.exec(`drop table "${name}"`);
}
