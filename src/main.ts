import { BadConfig, loadConfig } from "./config.ts";
import { StoreDamaged, StoreTooNew, StoreUnavailable } from "./models/errors.ts";
import { rescueCopies } from "./rescue.ts";
import { closeOnSignals, endOnFaults, startServer } from "./server.ts";

endOnFaults();
try {
  const starting = startServer(loadConfig());
  closeOnSignals(starting);
  await starting;
} catch (error) {
  const reason = reasonOf(error);
  if (reason === undefined) throw error;
  console.error(reason);
  for (const file of await rescued(error))
    console.error(`What people made here was saved in ${file}. Restore it after signing in again.`);
  process.exit(1);
}

async function rescued(error: unknown): Promise<string[]> {
  const { databaseUrl, dataDir } = loadConfig();
  const isUseless = error instanceof StoreDamaged || error instanceof StoreTooNew;
  return isUseless && databaseUrl === undefined ? rescueCopies(dataDir).catch(() => []) : [];
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof BadConfig) return `Parley cannot start with this configuration:\n${error.message}`;
  if (error instanceof StoreDamaged || error instanceof StoreTooNew) return error.message;
  if (error instanceof StoreUnavailable)
    return `Parley cannot reach its storage: ${(error.cause as Error | undefined)?.message ?? error.message}`;
  if ((error as { code?: unknown }).code === "EADDRINUSE")
    return "Something else listens at Parley's address already. Stop it, or set PORT to another number.";
  return undefined;
}
