import type { Request, RequestHandler } from "express";
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
    try {
      request.session.notice = await this.#restore(accountSidOf(request), request.file);
      response.locals.audit("restore");
      response.redirect(303, paths.chat);
    } catch (error) {
      await refuse(response, error, () => response.render("account/restores/new"));
    }
  };

  /** What is to be told of it. */
  async #restore(accountSid: string, file: Request["file"]): Promise<string> {
    if (file === undefined) throw new Invalid("Choose the file that you downloaded.");
    await this.#limits.spend("restores", accountSid);
    return sentenceOf(await this.#keptData.restore(accountSid, textOf(file.buffer)), accountSid);
  }
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
