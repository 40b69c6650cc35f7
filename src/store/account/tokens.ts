import { randomUUID } from "node:crypto";
import type { Transaction } from "kysely";
import type { StoredToken } from "../../models/account/store.ts";
import type { Cipher } from "../cipher.ts";
import type { Engine } from "../engines/engine.ts";
import type { Tables } from "../engines/schema.ts";

/** The account's Auth Tokens, encrypted at rest. */
export class Tokens {
  readonly #engine: Engine;
  readonly #cipher: Cipher;

  constructor(engine: Engine, cipher: Cipher) {
    this.#engine = engine;
    this.#cipher = cipher;
  }

  /** The last used first; what another secret had sealed is left out. */
  async list(accountSid: string, db: Engine["db"] = this.#engine.db): Promise<StoredToken[]> {
    const rows = await db
      .selectFrom("tokens")
      .selectAll()
      .where("account_sid", "=", accountSid)
      .orderBy("used_at", "desc")
      .execute();
    return rows.flatMap(({ id, sealed_token }) => {
      const authToken = this.#cipher.open(sealed_token, accountSid);
      return authToken === undefined ? [] : [{ id, authToken }];
    });
  }

  /** Notes that somebody signed in with this token; returns its id. */
  async use(trx: Transaction<Tables>, accountSid: string, authToken: string): Promise<string> {
    const known = await this.list(accountSid, trx);
    const id = known.find((token) => token.authToken === authToken)?.id ?? randomUUID();
    const row = { sealed_token: this.#cipher.seal(authToken, accountSid), used_at: Date.now() };
    await trx
      .insertInto("tokens")
      .values({ account_sid: accountSid, id, ...row })
      .onConflict((conflict) => conflict.columns(["account_sid", "id"]).doUpdateSet(row))
      .execute();
    return id;
  }
}
