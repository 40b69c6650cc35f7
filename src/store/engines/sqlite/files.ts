import { chmodSync, closeSync, mkdirSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import SQLite from "better-sqlite3";
import type { SqliteDatabase } from "kysely";
import { StoreDamaged, StoreUnavailable } from "../../../models/errors.ts";
import { guarded, isDamage } from "./connection.ts";

const watchEveryMs = 1_000;
const reserveBytes = 4 * 1_024 * 1_024;

/** The database file, opened for writing and for reading. */
export interface OpenFile {
  writer: SqliteDatabase;
  reader: SqliteDatabase;
  /** Another number whenever another connection has changed the file. */
  dataVersion(): unknown;
  stopWatching(): void;
  /** Frees what is set aside for logging out on a full disk. */
  makeRoom: () => boolean;
}

/** Throws StoreUnavailable, StoreDamaged. */
export function openLanes(dataDir: string, file: string): OpenFile {
  try {
    makePrivate(dataDir, file);
    // Without waiting: that would hold up everything else of this process.
    const writer = new SQLite(file, { timeout: 0 });
    for (const pragma of pragmas) writer.pragma(pragma);
    const reader = new SQLite(file, { timeout: 0 });
    reader.pragma("query_only = ON");
    const watching = watched(file);
    return {
      writer: guarded(writer, watching.requireThere),
      reader: guarded(reader),
      dataVersion: () => reader.pragma("data_version", { simple: true }),
      stopWatching: watching.stop,
      makeRoom: setAside(join(dataDir, "reserve")),
    };
  } catch (error) {
    throw isDamage(error) ? new StoreDamaged({ cause: error }) : new StoreUnavailable({ cause: error });
  }
}

// Whoever has a file open can write to it when it is deleted, and nobody would ever read that.
function watched(file: string): { requireThere: () => void; stop: () => void } {
  const { ino } = statSync(file);
  let isThere = true;
  const look = setInterval(() => {
    isThere = statSync(file, { throwIfNoEntry: false })?.ino === ino;
  }, watchEveryMs).unref();
  const requireThere = () => {
    if (!isThere) throw new StoreUnavailable({ cause: new Error(`${file} was taken away while Parley ran`) });
  };
  return { requireThere, stop: () => clearInterval(look) };
}

// A deletion is written to the log before it frees anything, which a full disk would not let it.
function setAside(file: string): () => boolean {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.size !== reserveBytes) fillFile(file, reserveBytes);
  } catch {
    // There is none to spare today.
    rmSync(file, { force: true });
  }
  return () => {
    const isThere = statSync(file, { throwIfNoEntry: false }) !== undefined;
    rmSync(file, { force: true });
    return isThere;
  };
}

// Piece by piece, because a buffer of that size would stay in memory for long.
function fillFile(file: string, bytes: number): void {
  const piece = Buffer.alloc(64 * 1_024, 1);
  const descriptor = openSync(file, "w", 0o600);
  try {
    for (let written = 0; written < bytes; written += piece.length) writeSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}

// In a file of its own: what counts need not outlive a power cut, and must not wait for transactions.
export function openCounters(dataDir: string): SQLite.Database {
  const file = join(dataDir, "limits.db");
  makePrivate(dataDir, file);
  const database = new SQLite(file, { timeout: 100 });
  for (const pragma of ["journal_mode = WAL", "synchronous = OFF"]) database.pragma(pragma);
  database.exec(
    "create table if not exists limits (key text primary key, points integer not null default 0, expire integer)",
  );
  return database;
}

function makePrivate(dataDir: string, file: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // SQLite gives its log and index files the mode of the database file.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
}

const pragmas = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "secure_delete = ON",
  "foreign_keys = ON",
  "temp_store = MEMORY",
];
