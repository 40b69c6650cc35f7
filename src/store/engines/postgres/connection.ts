import type { PostgresPool, PostgresPoolClient } from "kysely";
import pg from "pg";
import { StoreFull, StoreUnavailable } from "../../../models/errors.ts";
import { codeOf } from "../engine.ts";

const int8 = 20;
const diskFull = "53100";

/** For the pool and for the connection that listens. */
export function settings(databaseUrl: string): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    application_name: "parley",
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    // A little later, so that the server ends its work first; this one is for a server that is silent.
    query_timeout: 16_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: { getTypeParser: parserOf },
  };
}

function parserOf(oid: number, format?: "text" | "binary"): unknown {
  return oid === int8 ? Number : pg.types.getTypeParser(oid, format);
}

/** The pool as Kysely wants it; says StoreUnavailable when the server is to blame, and drops such a connection. */
export function guardedPool(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    connect: async () => guardedClient(await connect(pool)),
    end: () => pool.end(),
  };
}

// Whatever keeps us from connecting, there is no storage without it.
async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new StoreUnavailable({ cause: error });
  }
}

function guardedClient(client: pg.PoolClient): PostgresPoolClient {
  let broken = false;
  const query = async (text: string, parameters: readonly unknown[]): Promise<unknown> => {
    try {
      return await client.query(text, [...parameters]);
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
      broken = true;
      throw codeOf(error) === diskFull
        ? new StoreFull({ cause: error })
        : new StoreUnavailable({ cause: error });
    }
  };
  return {
    query: query as PostgresPoolClient["query"],
    release: (discard) => client.release(discard === true || broken),
  };
}

// SQLSTATE classes: connection, resources, operator intervention, system; then a standby after a fail-over, idle too long.
const states = /^(08|53|57|58)...$|^25006$|^25P03$/;
const network = /^(ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$/;
// pg names these only by their sentence.
const sentences = /Connection terminated|read timeout|not queryable/;

function isOutOfReach(error: unknown): boolean {
  const code = codeOf(error);
  if (states.test(code) || network.test(code)) return true;
  return error instanceof Error && sentences.test(error.message);
}
