import type { Generated } from "kysely";
import type { Refusal, RefusalStore } from "../../models/sync/store.ts";
import type { Writer } from "../commits/writer.ts";
import type { Engine } from "../engines/engine.ts";

const kept = 100;

export interface RefusalTable {
  id: Generated<number>;
  account_sid: string;
  at: number;
  reason: Refusal["reason"];
  expected_url: string;
  signed_url: string | null;
}

declare module "../engines/schema.ts" {
  interface Tables {
    webhook_refusals: RefusalTable;
  }
}

export class Refusals implements RefusalStore {
  readonly #engine: Engine;
  readonly #writer: Writer;

  constructor(engine: Engine, writer: Writer) {
    this.#engine = engine;
    this.#writer = writer;
  }

  add(accountSid: string, { at, reason, expectedUrl, signedUrl }: Refusal): Promise<void> {
    return this.#writer.write(accountSid, async ({ trx }) => {
      await trx
        .insertInto("webhook_refusals")
        .values({
          account_sid: accountSid,
          at: at.getTime(),
          reason,
          expected_url: expectedUrl,
          signed_url: signedUrl,
        })
        .execute();
      const newest = trx
        .selectFrom("webhook_refusals")
        .select("id")
        .where("account_sid", "=", accountSid)
        .orderBy("id", "desc")
        .limit(kept);
      await trx
        .deleteFrom("webhook_refusals")
        .where("account_sid", "=", accountSid)
        .where("id", "not in", newest)
        .execute();
    });
  }

  async list(accountSid: string, limit: number): Promise<Refusal[]> {
    const rows = await this.#engine.db
      .selectFrom("webhook_refusals")
      .selectAll()
      .where("account_sid", "=", accountSid)
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
    return rows.map(({ at, reason, expected_url, signed_url }) => ({
      at: new Date(at),
      reason,
      expectedUrl: expected_url,
      signedUrl: signed_url,
    }));
  }
}
