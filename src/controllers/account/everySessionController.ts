import type { RequestHandler } from "express";
import { paths } from "../../helpers/paths.ts";
import type { Sessions } from "../../models/account/sessions.ts";
import { accountSidOf } from "../request.ts";
import { endSession } from "./endSession.ts";

/** All of the account's sessions at once. */
export class EverySessionController {
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** The account stays, and texts go on arriving. */
  destroy: RequestHandler = async (request, response) => {
    await this.#sessions.endAll(accountSidOf(request));
    await endSession(request, response, paths.signedOut);
  };
}
