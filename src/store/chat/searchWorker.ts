// A thread's entry: looks into the database for whoever asks, and answers with what it found.
import { parentPort, workerData } from "node:worker_threads";
import { openSqlite } from "../engines/sqlite/engine.ts";
import { Searches } from "./searches.ts";
import type { Asked, Answered } from "./searchThread.ts";

const { dataDir } = workerData as { dataDir: string };
const engine = openSqlite(dataDir, { isBehind: true });
const searches = new Searches(engine);
const tell = (answer: Answered) => parentPort?.postMessage(answer);

function found({ what, asked }: Asked): Promise<unknown> {
  return what === "messages" ? searches.messages(...asked) : searches.people(...asked);
}

parentPort?.on("message", (order: Asked | "close") => {
  if (order === "close") return void engine.close().then(() => parentPort?.close());
  found(order).then(
    (answer) => tell({ id: order.id, found: answer }),
    (error: unknown) => tell({ id: order.id, fault: String(error) }),
  );
});
