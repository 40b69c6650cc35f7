import type { RequestHandler, Response } from "express";
import type { KeptData } from "../../models/account/keptData.ts";
import { TooMany } from "../../models/errors.ts";
import type { Limits } from "../../models/limits.ts";
import type { Account } from "../../models/types.ts";

const mostAtOnce = 4;

/** A copy of what people made here, as one file. */
export class ExportsController {
  readonly #keptData: KeptData;
  readonly #limits: Limits;
  /** SIDs of accounts whose copy has not been read to its end. */
  readonly #underWay = new Set<string>();

  constructor({ keptData, limits }: { keptData: KeptData; limits: Limits }) {
    this.#keptData = keptData;
    this.#limits = limits;
  }

  show: RequestHandler = async (_request, response) => {
    const account = response.locals.account as Account;
    this.#begin(account.sid, response);
    await this.#limits.spend("exports", account.sid);
    response.locals.audit("export");
    const copy = await this.#keptData.copy(account);
    response
      .attachment(`parley-${account.sid.slice(-6)}-${copy.madeAt.slice(0, 10)}.json`)
      .set("X-Content-Type-Options", "nosniff")
      .json(copy);
  };

  // A copy may be large, and waits in memory for whoever reads it slowly.
  #begin(accountSid: string, response: Response): void {
    if (this.#underWay.has(accountSid) || this.#underWay.size >= mostAtOnce)
      throw new TooMany("Another copy is on its way. Wait until it is there.", 5, "exportsAtOnce");
    this.#underWay.add(accountSid);
    response.once("close", () => this.#underWay.delete(accountSid));
  }
}
