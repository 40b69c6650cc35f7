// A thread's entry: takes in what it is told, in transactions of its own, and reports what each has come to.
import { parentPort, workerData } from "node:worker_threads";
import { Writer } from "../commits/writer.ts";
import { openSqlite } from "../engines/sqlite/engine.ts";
import { RightOfWay } from "../engines/sqlite/rightOfWay.ts";
import { takeAll } from "./intake.ts";
import { faultOf, type Order, type Report } from "./intakeThread.ts";

const { dataDir, shared } = workerData as { dataDir: string; shared: SharedArrayBuffer };
const rightOfWay = new RightOfWay(shared);
const engine = openSqlite(dataDir, { rightOfWay, isBehind: true });
rightOfWay.come();
const tell = (report: Report) => parentPort?.postMessage(report);
const writer = new Writer(engine, {
  onEvents: () => tell({ hasEvents: true }),
  onCommit: (commitMs) => tell({ commitMs }),
  onSend: (reached) => tell({ reached }),
});
let answers: NonNullable<Report["answers"]> = [];

// Answers of a commit go as one message.
function answer(one: (typeof answers)[number]): void {
  if (answers.push(one) > 1) return;
  setImmediate(() => {
    tell({ answers });
    answers = [];
  });
}

async function close(): Promise<void> {
  await writer.idle();
  await engine.close();
  rightOfWay.go();
  parentPort?.close();
}

parentPort?.on("message", (orders: Order[] | "close") => {
  if (orders === "close") return void close();
  for (const { id, accountSid, telling } of orders)
    writer.together(accountSid, takeAll, telling).then(
      (taken) => answer({ id, taken }),
      (error: unknown) => answer({ id, fault: faultOf(error) }),
    );
});
tell({ hasBegun: true });
