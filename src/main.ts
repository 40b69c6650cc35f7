import { BadConfig, loadConfig } from "./config.ts";
import { closeOnSignals, startServer } from "./server.ts";

try {
  closeOnSignals(await startServer(loadConfig()));
} catch (error) {
  if (!(error instanceof BadConfig)) throw error;
  console.error(`Parley cannot start with this configuration:\n${error.message}`);
  process.exitCode = 1;
}
