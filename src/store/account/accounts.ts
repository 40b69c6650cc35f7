import { NotFound } from "../../models/errors.ts";
import type { AccountStore } from "../../models/account/store.ts";
import type { Account } from "../../models/types.ts";
import type { Cipher } from "../cipher.ts";
import type { Engine } from "../engines/engine.ts";
import type { AccountRow } from "../engines/schema.ts";
import type { Writer } from "../commits/writer.ts";
import { eraseAccount } from "./erasure.ts";

export class Accounts implements AccountStore {
  readonly #engine: Engine;
  readonly #writer: Writer;
  readonly #cipher: Cipher;

  constructor(engine: Engine, writer: Writer, cipher: Cipher) {
    this.#engine = engine;
    this.#writer = writer;
    this.#cipher = cipher;
  }

  async save(account: Account, authToken: string): Promise<void> {
    const facts = {
      friendly_name: account.friendlyName,
      type: account.type,
      status: account.status,
      sealed_token: this.#cipher.seal(authToken, account.sid),
    };
    await this.#engine.db
      .insertInto("accounts")
      .values({ sid: account.sid, ...facts })
      .onConflict((conflict) => conflict.column("sid").doUpdateSet(facts))
      .execute();
  }

  async find(sid: string): Promise<Account | undefined> {
    const row = await this.#row(sid);
    return row && toAccount(row);
  }

  async list(): Promise<Account[]> {
    return (await this.#engine.db.selectFrom("accounts").selectAll().orderBy("sid").execute()).map(toAccount);
  }

  async authToken(sid: string): Promise<string | undefined> {
    const row = await this.#row(sid);
    return row && this.#cipher.open(row.sealed_token, sid);
  }

  async erase(sid: string): Promise<void> {
    try {
      await this.#writer.writeAlone(sid, async (unit) => {
        await eraseAccount(unit);
        await this.#engine.oweScrub(unit.trx);
      });
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
    await this.#engine.scrub();
  }

  #row(sid: string): Promise<AccountRow | undefined> {
    return this.#engine.db.selectFrom("accounts").selectAll().where("sid", "=", sid).executeTakeFirst();
  }
}

function toAccount({ sid, friendly_name, type, status }: AccountRow): Account {
  return { sid, friendlyName: friendly_name, type, status };
}
