import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Findings, Task } from "./findings.ts";

/** A Python that has Twilio's library; undefined on machines without one. */
export const python = ["python3", "/usr/bin/python3"].find(
  (command) => spawnSync(command, ["-c", "import twilio"]).status === 0,
);

/** Lets Twilio's Python library do the task. */
export async function askPython(command: string, task: Task): Promise<Findings> {
  const child = spawn(command, [join(import.meta.dirname, "client.py")]);
  child.stdin.end(JSON.stringify(task));
  const ended = once(child, "close");
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  if (child.exitCode !== 0) throw new Error(errors);
  return JSON.parse(output) as Findings;
}
