import type SQLite from "better-sqlite3";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import { StoreUnavailable } from "../../../models/errors.ts";
import { codeOf } from "../engine.ts";

const keptStatements = 300;
const outOfReach = /^SQLITE_(FULL|IOERR|BUSY|READONLY|CANTOPEN)/;

/** The connection as Kysely wants it: compiles each text once, and says StoreUnavailable when the disk or a lock is to blame. */
export function guarded(raw: SQLite.Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  function prepare(text: string): SqliteStatement {
    if (text === "rollback" && !raw.inTransaction) return alreadyDone;
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
    throw outOfReach.test(codeOf(error)) ? new StoreUnavailable({ cause: error }) : error;
  }
}
