import { setTimeout as wait } from "node:timers/promises";
import type { ExpressionBuilder } from "kysely";
import type { Tables } from "../engines/schema.ts";
import type { Engine } from "../engines/engine.ts";
import type { Unit } from "../commits/writer.ts";
import { keyOf } from "./accountKey.ts";

// So few that nobody notices how long they take.
const rowsPerPiece = 100;

// What an account may have many of, and what tells them apart within it. The rest goes with the account itself.
const pieces = [
  ["media", "message", "account"],
  ["messages", "id", "account"],
  ["conversations", "key", "account_sid"],
  ["targets", "phone_number", "account_sid"],
  ["people", "person", "account_sid"],
] as const;

/** The part of a logout that is at once: nobody is signed in any more, no token is stored, and nothing more is kept. */
export async function beginErasure(unit: Unit): Promise<void> {
  const { trx, accountSid } = unit;
  await trx.deleteFrom("tokens").where("account_sid", "=", accountSid).execute();
  await trx
    .updateTable("accounts")
    .set({ leaving: 1, attended_until: 0, friendly_name: "" })
    .where("sid", "=", accountSid)
    .execute();
  unit.announce({ kind: "signedOut" });
}

export interface ErasureTerms {
  isStopped: () => boolean;
  /** Nobody else is served yet, so that nobody has to be let through. */
  isAlone?: boolean;
}

/** Deletes the rest of what was cached for accounts that were logged out; a crash in between is made up for by the next start. */
export class Erasures {
  readonly #engine: Engine;
  readonly #terms: ErasureTerms;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(engine: Engine, terms: ErasureTerms = { isStopped: () => false }) {
    this.#engine = engine;
    this.#terms = terms;
  }

  /** Resolves when nothing is left, or it was stopped. Does nothing for an account that is not leaving. */
  finish(sid: string): Promise<void> {
    const underWay =
      this.#underWay.get(sid) ??
      finishErasure(this.#engine, sid, this.#terms).finally(() => this.#underWay.delete(sid));
    this.#underWay.set(sid, underWay);
    return underWay;
  }

  /** Those that an earlier process did not come to an end with, too. */
  async finishAll(): Promise<void> {
    for (const sid of await leaving(this.#engine)) await this.finish(sid);
  }
}

/** In transactions so small that neither a full disk nor others have to wait for them. */
async function finishErasure(engine: Engine, sid: string, terms: ErasureTerms): Promise<void> {
  if (!(await leaving(engine)).includes(sid)) return;
  for (const piece of pieces) if (!(await toEnd(() => erasePiece(engine, sid, piece), terms))) return;
  if (!(await toEnd(() => eraseWords(engine, sid), terms))) return;
  if (!(await toEnd(() => eraseEvents(engine, sid), terms))) return;
  await engine.db.transaction().execute(async (trx) => {
    await trx.deleteFrom("accounts").where("sid", "=", sid).where("leaving", "=", 1).execute();
    await engine.oweScrub(trx);
  });
}

async function leaving({ db }: Engine): Promise<string[]> {
  const rows = await db.selectFrom("accounts").select("sid").where("leaving", "=", 1).execute();
  return rows.map(({ sid }) => sid);
}

/** False when it was stopped before. */
async function toEnd(
  work: () => Promise<boolean>,
  { isStopped, isAlone = false }: ErasureTerms,
): Promise<boolean> {
  for (let startedAt = performance.now(); await work(); startedAt = performance.now()) {
    if (isStopped()) return false;
    // At least half of the time is for everybody else.
    if (!isAlone) await wait(performance.now() - startedAt);
  }
  return true;
}

/** True while there may be more. */
async function erasePiece(
  { db }: Engine,
  sid: string,
  [table, key, owner]: (typeof pieces)[number],
): Promise<boolean> {
  const account = owner === "account" ? keyOf(sid) : sid;
  const some = db
    .selectFrom(table)
    .select(key as never)
    .where(owner as never, "=", account as never)
    .limit(rowsPerPiece);
  const erased = await db
    .deleteFrom(table)
    .where(owner as never, "=", account as never)
    .where(key as never, "in", some)
    .where((where) => isLeaving(where, sid))
    .executeTakeFirst();
  return erased.numDeletedRows > 0n;
}

async function eraseWords({ db, wordIndex }: Engine, sid: string): Promise<boolean> {
  const account = await db
    .selectFrom("account_keys")
    .innerJoin("accounts", "accounts.sid", "account_keys.account_sid")
    .select("key")
    .where("account_sid", "=", sid)
    .where("leaving", "=", 1)
    .executeTakeFirst();
  return account !== undefined && wordIndex.erasePiece(db, account.key);
}

// Somebody may sign in again meanwhile.
function isLeaving(where: ExpressionBuilder<Tables, keyof Tables>, sid: string) {
  return where.exists(
    where.selectFrom("accounts").select("sid").where("sid", "=", sid).where("leaving", "=", 1),
  );
}

// The last one is for pages that are still open.
async function eraseEvents({ db }: Engine, sid: string): Promise<boolean> {
  const news = JSON.stringify({ kind: "signedOut" });
  const some = db
    .selectFrom("events")
    .select("id")
    .where("account_sid", "=", sid)
    .where("change", "!=", news)
    .limit(rowsPerPiece);
  const erased = await db
    .deleteFrom("events")
    .where("id", "in", some)
    .where((where) => isLeaving(where, sid))
    .executeTakeFirst();
  return erased.numDeletedRows > 0n;
}
