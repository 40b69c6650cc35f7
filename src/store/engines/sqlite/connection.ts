import type SQLite from "better-sqlite3";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import { StoreDamaged, StoreFull, StoreUnavailable } from "../../../models/errors.ts";
import { codeOf } from "../engine.ts";

const keptStatements = 300;
const damaged = /^SQLITE_(CORRUPT|NOTADB)/;
const outOfReach = /^SQLITE_(IOERR|BUSY|READONLY|CANTOPEN)/;

/** Whether SQLite found that the file is not, or no longer, what it wrote. */
export function isDamage(error: unknown): boolean {
  return damaged.test(codeOf(error));
}

/**
 * The connection as Kysely wants it: compiles each text once, and says StoreUnavailable when the disk or a lock is to
 * blame, StoreDamaged when the file is. `check` may throw before anything is prepared.
 */
export function guarded(raw: SQLite.Database, check: () => void = () => undefined): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  function prepare(text: string): SqliteStatement {
    if (text === "rollback" && !raw.inTransaction) return alreadyDone;
    check();
    const statement = statements.get(text) ?? guard(() => guardedStatement(raw, text));
    statements.delete(text);
    statements.set(text, statement);
    if (statements.size > keptStatements) statements.delete(statements.keys().next().value ?? "");
    return statement;
  }
  return { prepare, close: () => raw.close() };
}

function guardedStatement(raw: SQLite.Database, text: string): SqliteStatement {
  // Every transaction of ours writes; beginning as a reader could fail half-way when another process writes first.
  const statement = raw.prepare<unknown[]>(text === "begin" ? "begin immediate" : text);
  return {
    reader: statement.reader,
    all: (parameters) => guard(() => statement.all(...parameters)),
    run: (parameters) => guard(() => statement.run(...parameters)),
    iterate: (parameters) => statement.iterate(...parameters),
  };
}

// A full disk makes SQLite roll back by itself.
const alreadyDone: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};

function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isDamage(error)) throw new StoreDamaged({ cause: error });
    if (codeOf(error) === "SQLITE_FULL") throw new StoreFull({ cause: error });
    throw outOfReach.test(codeOf(error)) ? new StoreUnavailable({ cause: error }) : error;
  }
}
