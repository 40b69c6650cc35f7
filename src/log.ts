import pino, { type Logger } from "pino";

const mostKeptBytes = 1_024 * 1_024;
const standardOutput = 1;

/** JSON lines. When they cannot be written, say because the disk is full, Parley goes on, and tells later what was lost. */
export function createLog(level: string, fileDescriptor = standardOutput): Logger {
  const destination = pino.destination({ dest: fileDescriptor, maxLength: mostKeptBytes, sync: true });
  const log = pino({ level, redact: ["config", "request", "response", "*.authToken"] }, destination);
  let lost = 0;
  // What waits to be written is tried again with the next line.
  destination.on("error", () => undefined);
  destination.on("drop", () => (lost += 1));
  destination.on("write", () => {
    if (lost === 0) return;
    const lines = lost;
    lost = 0;
    setImmediate(() => log.warn({ lines }, "Lines of this log were lost, because it could not be written."));
  });
  return log;
}
