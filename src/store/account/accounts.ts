import type { Transaction } from "kysely";
import { Deadline } from "../../models/deadline.ts";
import { NotFound, StoreUnavailable } from "../../models/errors.ts";
import type { AccountStore, StoredToken } from "../../models/account/store.ts";
import type { Account } from "../../models/types.ts";
import type { Engine } from "../engines/engine.ts";
import type { AccountRow, Tables } from "../engines/schema.ts";
import { wordsVersion } from "../engines/wordIndex.ts";
import type { Writer } from "../commits/writer.ts";
import { beginErasure, type Erasures } from "./erasure.ts";
import type { SessionRows } from "./sessionRows.ts";
import type { Tokens } from "./tokens.ts";

// What another instance changed is known that much later.
const rememberedMs = 1_000;
// The rest of a large account is erased while its person reads that they are logged out.
const longestErasureMs = 700;

interface AccountParts {
  tokens: Tokens;
  sessions: SessionRows;
  erasures: Erasures;
  /** Cleans up behind, in the background. */
  afterErasure: () => void;
  /** Hears why an erasure waits to be finished. */
  onError: (error: unknown) => void;
  /** Deletes what was saved of the account out of a damaged database. */
  forgetCopy: (sid: string) => void;
}

export class Accounts implements AccountStore {
  readonly #engine: Engine;
  readonly #writer: Writer;
  readonly #tokens: Tokens;
  readonly #sessions: SessionRows;
  readonly #parts: AccountParts;
  /** Every webhook asks for them. */
  readonly #remembered = new Map<string, { tokens: StoredToken[]; until: number }>();

  constructor(engine: Engine, writer: Writer, parts: AccountParts) {
    this.#engine = engine;
    this.#writer = writer;
    this.#tokens = parts.tokens;
    this.#sessions = parts.sessions;
    this.#parts = parts;
  }

  async save(account: Account, authToken: string): Promise<string> {
    // Nothing of before may come back to whoever signs in now.
    await this.#parts.erasures.finish(account.sid);
    const facts = {
      friendly_name: account.friendlyName,
      type: account.type,
      status: account.status,
      attended_until: this.#sessions.latestExpiry(),
    };
    const tokenId = await this.#engine.db.transaction().execute(async (trx) => {
      await trx
        .insertInto("accounts")
        .values({ sid: account.sid, ...facts })
        .onConflict((conflict) => conflict.column("sid").doUpdateSet(facts))
        .execute();
      await this.#giveKey(trx, account.sid);
      return this.#tokens.use(trx, account.sid, authToken);
    });
    this.#remembered.clear();
    return tokenId;
  }

  async #giveKey(trx: Transaction<Tables>, sid: string): Promise<void> {
    const fresh = await trx
      .insertInto("account_keys")
      .values({ account_sid: sid, words_version: wordsVersion })
      .onConflict((conflict) => conflict.column("account_sid").doNothing())
      .returning("key")
      .executeTakeFirst();
    if (fresh) await this.#engine.wordIndex.create(trx, fresh.key);
  }

  async find(sid: string): Promise<Account | undefined> {
    const row = await this.#accounts().where("sid", "=", sid).executeTakeFirst();
    return row && toAccount(row);
  }

  async attended(): Promise<Account[]> {
    const rows = await this.#accounts().where("attended_until", ">", Date.now()).orderBy("sid").execute();
    return rows.map(toAccount);
  }

  async unattendedSince(time: Date): Promise<string[]> {
    const rows = await this.#accounts().where("attended_until", "<", time.getTime()).execute();
    return rows.map(({ sid }) => sid);
  }

  async tokens(sid: string): Promise<StoredToken[]> {
    const remembered = this.#remembered.get(sid);
    if (remembered && Date.now() < remembered.until) return remembered.tokens;
    const tokens = await this.#readTokens(sid);
    if (tokens.length > 0) this.#remembered.set(sid, { tokens, until: Date.now() + rememberedMs });
    else this.#remembered.delete(sid);
    return tokens;
  }

  async #readTokens(sid: string): Promise<StoredToken[]> {
    const row = await this.#accounts()
      .where("sid", "=", sid)
      .where("attended_until", ">", Date.now())
      .executeTakeFirst();
    return row ? this.#tokens.list(sid) : [];
  }

  async dropToken(sid: string, tokenId: string): Promise<void> {
    await this.#ifThere(
      this.#writer.write(sid, async (unit) => {
        await this.#sessions.endWhere(unit, (rows) => rows.where("token_id", "=", tokenId));
        await unit.trx
          .deleteFrom("tokens")
          .where("account_sid", "=", sid)
          .where("id", "=", tokenId)
          .execute();
      }),
    );
  }

  async erase(sid: string): Promise<void> {
    const begin = () => this.#writer.writeAlone(sid, beginErasure);
    await this.#ifThere(
      begin().catch((error: unknown) => {
        if (error instanceof StoreUnavailable && this.#engine.makeRoom()) return begin();
        throw error;
      }),
    );
    const { erasures, afterErasure, onError, forgetCopy } = this.#parts;
    forgetCopy(sid);
    const rest = erasures.finish(sid).then(afterErasure).catch(onError);
    await new Deadline(longestErasureMs).keep(rest, () => undefined);
  }

  #accounts() {
    return this.#engine.db.selectFrom("accounts").selectAll().where("leaving", "=", 0);
  }

  // Whoever wants it gone has what they want when it is gone already.
  async #ifThere(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
    });
    this.#remembered.clear();
  }
}

function toAccount({ sid, friendly_name, type, status }: AccountRow): Account {
  return { sid, friendlyName: friendly_name, type, status };
}
