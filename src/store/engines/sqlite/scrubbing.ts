import { sql, type Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import { scrubFile } from "./scrub.ts";

const restsTimes = 9;

/** Scrubs the file when that is owed. Nothing can be written meanwhile, so most of the time belongs to everybody else. */
export class Scrubbing {
  readonly #file: string;
  #underWay: Promise<void> | undefined;
  #restsUntil = 0;

  constructor(file: string) {
    this.#file = file;
  }

  isUnderWay(): boolean {
    return this.#underWay !== undefined;
  }

  async ifOwed(db: Kysely<Tables>): Promise<void> {
    if (Date.now() < this.#restsUntil || !(await isOwed(db))) return;
    const startedAt = Date.now();
    await (this.#underWay ??= scrubFile(this.#file).finally(() => (this.#underWay = undefined)));
    this.#restsUntil = Date.now() + restsTimes * (Date.now() - startedAt);
  }

  async idle(): Promise<void> {
    await this.#underWay?.catch(() => undefined);
  }
}

async function isOwed(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ user_version: number }>`pragma user_version`.execute(db);
  return rows[0]?.user_version === 1;
}
