import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { StoreUnavailable } from "../../../models/errors.ts";

// In the bundle (scripts/bundle.js) it lies beside this code as well, as JavaScript.
const workerUrl = new URL(`scrubWorker${extname(import.meta.url)}`, import.meta.url);

/**
 * Leaves nothing of deleted rows in the file. `secure_delete` clears them, but not the copies that stay behind in a page
 * when SQLite moves rows to another one; only VACUUM, which writes every page anew, does. The log still holds all of it
 * until it is cut. In a thread of its own, because both take long with much data. Throws StoreUnavailable, also for want of space.
 */
export async function scrubFile(file: string): Promise<void> {
  const worker = new Worker(workerUrl, { workerData: { file } });
  const [fault] = (await once(worker, "message")) as [string | null];
  await worker.terminate();
  if (fault !== null) throw new StoreUnavailable({ cause: fault });
}
