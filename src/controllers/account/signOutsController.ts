import type { RequestHandler } from "express";
import * as z from "zod";
import { paths } from "../../helpers/paths.ts";
import { publicSessionId } from "../../models/account/sessionIds.ts";
import type { Sessions } from "../../models/account/sessions.ts";
import { NotFound } from "../../models/errors.ts";
import { accountSidOf } from "../request.ts";
import { endSession } from "./endSession.ts";

const params = z.object({ session: z.string().regex(/^[0-9a-f]{64}$/) });

/** Ending one of the account's sessions, here or elsewhere. */
export class SignOutsController {
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  create: RequestHandler = async (request, response) => {
    const { data } = params.safeParse(request.params);
    if (!data) throw new NotFound();
    if (data.session === publicSessionId(request.sessionID))
      return endSession(request, response, paths.signedOut);
    await this.#sessions.end(accountSidOf(request), data.session);
    request.session.notice = "That browser is signed out.";
    response.redirect(303, paths.sessions);
  };
}
