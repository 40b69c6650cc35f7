import type { Transaction } from "kysely";
import type { Change } from "../../models/types.ts";
import { chunks } from "../engines/chunks.ts";
import type { Engine } from "../engines/engine.ts";
import type { Tables } from "../engines/schema.ts";

const mostOfEach = 100;
const rowsPerStatement = 500;

/** What a transaction tells open pages once it has committed. The same change twice is one. */
export class Announcements {
  readonly #changes = new Map<string, Map<string, Change>>();

  add(accountSid: string, change: Change): void {
    const own = this.#changes.get(accountSid) ?? new Map<string, Change>();
    this.#changes.set(accountSid, own.set(JSON.stringify(change), change));
  }

  isEmpty(): boolean {
    return this.#changes.size === 0;
  }

  /** As events, in the transaction. */
  async insert(engine: Engine, trx: Transaction<Tables>): Promise<void> {
    if (this.isEmpty()) return;
    const at = Date.now();
    const rows = [...this.#changes].flatMap(([account_sid, own]) =>
      bounded([...own.values()]).map((change) => ({ account_sid, change: JSON.stringify(change), at })),
    );
    await engine.lockEvents(trx);
    let newest = 0;
    for (const chunk of chunks(rows, rowsPerStatement)) {
      const inserted = await trx.insertInto("events").values(chunk).returning("id").execute();
      newest = Math.max(newest, ...inserted.map(({ id }) => id));
    }
    await engine.notify(trx, newest);
  }
}

/** Where much happens to an account at once, its pages are drawn anew; what ends them is told all the same. */
export function bounded(changes: Change[]): Change[] {
  if (changes.length <= mostOfEach) return changes;
  const ends = changes.filter(({ kind }) => kind === "signedOut" || kind === "sessionsEnded");
  return [{ kind: "refresh" }, ...ends];
}
