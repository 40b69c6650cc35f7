// src/main.ts with other waits, for tests: Parley itself takes none from its environment.
import { loadConfig } from "../../src/config.ts";
import type { Tuning } from "../../src/dependencies.ts";
import { closeOnSignals, startServer } from "../../src/server.ts";

const tuning = JSON.parse(process.argv[2] ?? "{}") as Tuning;
const starting = startServer(loadConfig(), tuning);
closeOnSignals(starting);
await starting;
