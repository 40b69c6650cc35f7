// src/main.ts for a thousand open pages of one person, which only a benchmark has: otherwise the oldest would end.
import { loadConfig } from "../src/config.ts";
import { most } from "../src/live/watchers.ts";
import { closeOnSignals, startServer } from "../src/server.ts";

Object.assign(most, { perSession: 1_000, perAccount: 1_000 });
closeOnSignals(await startServer(loadConfig()));
