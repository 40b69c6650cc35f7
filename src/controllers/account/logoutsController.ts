import type { RequestHandler } from "express";
import * as z from "zod";
import { paths } from "../../helpers/paths.ts";
import type { Models } from "../../models/index.ts";
import { accountSidOf } from "../request.ts";
import { endSession } from "./endSession.ts";

const form = z.object({ confirmed: z.literal("yes").optional().catch(undefined) });

/** Leaving for good: the account is forgotten, with everything stored for it. */
export class LogoutsController {
  readonly #models: Pick<Models, "logouts" | "keptData">;

  constructor(models: Pick<Models, "logouts" | "keptData">) {
    this.#models = models;
  }

  /** Says what would go, and what can be done instead. */
  new: RequestHandler = async (request, response) => {
    const kept = await this.#models.keptData.inWords(accountSidOf(request));
    response.render("account/logouts/new", { kept });
  };

  /** At once when nothing would be lost; otherwise only after having said so. */
  create: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    const { confirmed } = form.parse(request.body ?? {});
    const kept = confirmed ? [] : await this.#models.keptData.inWords(accountSid);
    if (kept.length > 0) return response.redirect(303, paths.logout);
    response.locals.audit("logout");
    await this.#models.logouts.logOut(accountSid);
    await endSession(request, response, paths.loggedOut);
  };
}
