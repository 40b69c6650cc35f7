import type { RequestHandler } from "express";
import type { Copy } from "../../models/account/copyFile.ts";
import type { KeptData } from "../../models/account/keptData.ts";
import type { Limits } from "../../models/limits.ts";
import { Slots } from "../../models/slots.ts";
import type { Account } from "../../models/types.ts";

// A copy may be large, and waits in memory for whoever reads it slowly.
const terms = {
  ...{ name: "exportsAtOnce", each: 1, all: 4, retryAfterSeconds: 5 },
  sentence: "Another copy is on its way. Wait until it is there.",
};

/** A copy of what people made here, as one file. */
export class ExportsController {
  readonly #keptData: KeptData;
  readonly #limits: Limits;
  readonly #slots = new Slots(terms);

  constructor({ keptData, limits }: { keptData: KeptData; limits: Limits }) {
    this.#keptData = keptData;
    this.#limits = limits;
  }

  show: RequestHandler = async (_request, response) => {
    const account = response.locals.account as Account;
    this.#slots.takeUntil(response, account.sid);
    await this.#limits.spend("exports", account.sid);
    response.locals.audit("export");
    const copy = await this.#keptData.copy(account);
    response.attachment(fileName(copy)).set("X-Content-Type-Options", "nosniff").json(copy);
  };
}

function fileName({ account, madeAt }: Copy): string {
  return `parley-${account.sid.slice(-6)}-${madeAt.slice(0, 10)}.json`;
}
