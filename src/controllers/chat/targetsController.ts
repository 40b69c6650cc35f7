import type { Request, RequestHandler } from "express";
import { z } from "zod";
import { paths } from "../../helpers/paths.ts";
import { Invalid } from "../../models/errors.ts";
import type { Targets } from "../../models/chat/targets.ts";
import type { ChatPages } from "./chatPage.ts";
import { accountSidOf, field, pairOf } from "../request.ts";

const name = field.transform((text) => text.slice(0, 100));
const form = z.object({ phoneNumber: field, name, twilioNumber: field, target: field });

export class TargetsController {
  readonly #targets: Targets;
  readonly #pages: ChatPages;

  constructor(targets: Targets, pages: ChatPages) {
    this.#targets = targets;
    this.#pages = pages;
  }

  new: RequestHandler = async (request, response) => {
    const twilioNumber = field.parse(request.query.number).trim();
    const target = field.parse(request.query.target).trim();
    const page = await this.#pages.build(accountSidOf(request), {
      ...(twilioNumber ? { twilioNumber } : {}),
      target,
    });
    response.render("chat/conversations/show", {
      ...page,
      newTarget: { open: true, phoneNumber: "", name: "" },
    });
  };

  create: RequestHandler = async (request, response) => {
    const typed = form.parse(request.body ?? {});
    try {
      const pair = await this.#targets.add(accountSidOf(request), typed);
      response.redirect(303, paths.conversation(pair));
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      response.locals.alerts = [{ kind: "danger", message: error.message }];
      response.status(error.status).render("chat/conversations/show", await this.#refused(request, typed));
    }
  };

  /** Gives the target another name, or none. */
  update: RequestHandler = async (request, response) => {
    const pair = pairOf(request);
    await this.#targets.rename(accountSidOf(request), pair, form.parse(request.body ?? {}).name);
    response.redirect(303, paths.conversation(pair));
  };

  async #refused(request: Request, { phoneNumber, name, twilioNumber, target }: z.infer<typeof form>) {
    const page = await this.#pages.build(accountSidOf(request), {
      ...(twilioNumber ? { twilioNumber } : {}),
      target,
    });
    return { ...page, newTarget: { open: false, phoneNumber, name } };
  }
}
