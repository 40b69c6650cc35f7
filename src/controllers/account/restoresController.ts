import type { RequestHandler } from "express";
import { paths } from "../../helpers/paths.ts";
import type { KeptData, Restoration } from "../../models/account/keptData.ts";
import type { Limits } from "../../models/limits.ts";
import { Invalid } from "../../models/errors.ts";
import { refuse } from "../refuse.ts";
import { accountSidOf } from "../request.ts";

/** Bringing back what a copy holds. */
export class RestoresController {
  readonly #keptData: KeptData;
  readonly #limits: Limits;

  constructor({ keptData, limits }: { keptData: KeptData; limits: Limits }) {
    this.#keptData = keptData;
    this.#limits = limits;
  }

  new: RequestHandler = (_request, response) => response.render("account/restores/new");

  create: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    try {
      if (request.file === undefined) throw new Invalid("Choose the file that you downloaded.");
      await this.#limits.spend("restores", accountSid);
      const restoration = await this.#keptData.restore(accountSid, textOf(request.file.buffer));
      response.locals.audit("restore");
      request.session.notice = sentenceOf(restoration, accountSid);
      response.redirect(303, paths.chat);
    } catch (error) {
      await refuse(response, error, () => response.render("account/restores/new"));
    }
  };
}

// Some editors begin a file with a byte order mark, which JSON does not know; the decoder leaves it out.
function textOf(file: Buffer): string {
  return new TextDecoder().decode(file);
}

function sentenceOf({ restored, from }: Restoration, accountSid: string): string {
  const kinds = restored.map(({ words, same }) =>
    same > 0 ? `${words} (${same} more were the same already)` : words,
  );
  const origin = from.sid === accountSid ? "" : ` from ${from.friendlyName}`;
  return `Restored${origin}: ${kinds.join(", ") || "nothing, because the copy is empty"}.`;
}
