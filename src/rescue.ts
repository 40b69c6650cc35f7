import { writeFileSync } from "node:fs";
import { createKeptData } from "./models/index.ts";
import { copyOf, openKept } from "./store/rescue.ts";

/**
 * Saves what people made here out of a SQLite database that Parley cannot use: one copy for each account, in `dataDir`,
 * as *Download a copy* makes them. Returns the files; none when nothing could be read, or there was nothing.
 */
export async function rescueCopies(dataDir: string): Promise<string[]> {
  const files: string[] = [];
  const { accounts, stores, close } = openKept(dataDir);
  try {
    const keptData = createKeptData(stores);
    for (const account of await accounts()) {
      if ((await keptData.inWords(account.sid)).length === 0) continue;
      const file = copyOf(dataDir, account.sid);
      writeFileSync(file, JSON.stringify(await keptData.copy(account), null, 2), { mode: 0o600 });
      files.push(file);
    }
  } catch {
    // What was read so far is all that can be.
  } finally {
    await close();
  }
  return files;
}
