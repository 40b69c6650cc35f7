import { setTimeout as wait } from "node:timers/promises";
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  type SqliteDatabase,
} from "kysely";
import { codeOf } from "../engine.ts";

export interface Lanes {
  writer: SqliteDatabase;
  reader: SqliteDatabase;
  /** Another connection of ours has the file to itself, which ends. */
  isOccupied: () => boolean;
  /** Told when somebody wants to write, and when they have. */
  rightOfWay: { take(): void; leave(): void };
}

const busyPauseMs = 3;
const longestBusyMs = 1_000;
const longestOccupiedMs = 10_000;

/** SQLite with a connection for writing, on which transactions take turns, and one for reading, which waits for none of them. */
export function twoLaneDialect(lanes: Lanes): Dialect {
  return {
    createDriver: () => new TwoLaneDriver(lanes),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TwoLaneAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

// By itself Kysely lets everything take turns on SQLite.
class TwoLaneAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  // By itself Kysely commits every statement of a migration alone: a hundred waits for the disk, and half a migration after a crash.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class TwoLaneDriver implements Driver {
  readonly #lanes: Lanes;
  readonly #turns = new Turns();

  constructor(lanes: Lanes) {
    this.#lanes = lanes;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(new Lane(this.#lanes, this.#turns));
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as Lane).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as Lane).release();
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.#lanes.reader.close();
    this.#lanes.writer.close();
    return Promise.resolve();
  }
}

/** What one caller has of the two connections: the writing one only in its turn. */
class Lane implements DatabaseConnection {
  readonly #lanes: Lanes;
  readonly #turns: Turns;
  #done: (() => void) | undefined;

  constructor(lanes: Lanes, turns: Turns) {
    this.#lanes = lanes;
    this.#turns = turns;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#done === undefined && query.query.kind === "SelectQueryNode")
      return run(this.#lanes.reader, query);
    await this.#takeTurn();
    return this.#patiently(() => run<R>(this.#lanes.writer, query));
  }

  async begin(): Promise<void> {
    await this.#takeTurn();
    await this.#patiently(() => run(this.#lanes.writer, CompiledQuery.raw("begin")));
  }

  release(): void {
    if (this.#done === undefined) return;
    this.#done();
    this.#done = undefined;
    this.#lanes.rightOfWay.leave();
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    await Promise.reject(new Error("Streaming is not supported"));
  }

  // Another connection writes, say the one that scrubs: everybody else goes on meanwhile.
  async #patiently<T>(work: () => T): Promise<T> {
    for (const startedAt = Date.now(); ;) {
      try {
        return work();
      } catch (error) {
        const { cause } = error as { cause?: unknown };
        const longestMs = this.#lanes.isOccupied() ? longestOccupiedMs : longestBusyMs;
        if (codeOf(cause) !== "SQLITE_BUSY" || Date.now() - startedAt > longestMs) throw error;
        await wait(busyPauseMs);
      }
    }
  }

  async #takeTurn(): Promise<void> {
    if (this.#done !== undefined) return;
    this.#lanes.rightOfWay.take();
    this.#done = await this.#turns.take();
  }
}

class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is this caller's turn, with how to end it. */
  async take(): Promise<() => void> {
    const before = this.#last;
    let end = () => undefined as void;
    this.#last = new Promise((resolve) => (end = resolve));
    await before;
    return end;
  }
}

function run<R>(database: SqliteDatabase, { sql, parameters }: CompiledQuery): QueryResult<R> {
  const statement = database.prepare(sql);
  if (statement.reader) return { rows: statement.all(parameters) as R[] };
  const { changes, lastInsertRowid } = statement.run(parameters);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}
