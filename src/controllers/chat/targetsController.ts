import type { Request, RequestHandler, Response } from "express";
import * as z from "zod";
import { paths } from "../../helpers/paths.ts";
import type { Targets } from "../../models/chat/targets.ts";
import { refuse } from "../refuse.ts";
import { accountSidOf, addressField, field, pairOf } from "../request.ts";
import { chatPage } from "./chatPage.ts";
import type { ChatModels } from "./chatParts.ts";

const query = z.object({ number: addressField, target: addressField, phoneNumber: addressField });
const form = z.object({
  phoneNumber: field.transform((text) => text.slice(0, 200)),
  name: field.transform((text) => text.slice(0, 100)),
  twilioNumber: addressField,
  target: addressField,
});

export class TargetsController {
  readonly #models: ChatModels & { targets: Targets };

  constructor(models: ChatModels & { targets: Targets }) {
    this.#models = models;
  }

  new: RequestHandler = async (request, response) => {
    const { number: twilioNumber, target, phoneNumber } = query.parse(request.query);
    const pair = { twilioNumber, target: phoneNumber };
    if (phoneNumber && (await this.#models.conversations.find(accountSidOf(request), pair)))
      return response.redirect(303, paths.conversation(pair));
    const page = await chatPage(this.#models, accountSidOf(request), { twilioNumber, target });
    const newTarget = { open: true, phoneNumber, name: "" };
    response.render("chat/conversations/show", { ...page, newTarget });
  };

  create: RequestHandler = async (request, response) => {
    const typed = form.parse(request.body ?? {});
    try {
      const pair = await this.#models.targets.add(accountSidOf(request), typed);
      response.redirect(303, paths.conversation(pair));
    } catch (error) {
      await refuse(response, error, () => this.#showAgain(request, response, typed));
    }
  };

  /** Gives the target another name, or none. */
  update: RequestHandler = async (request, response) => {
    const pair = pairOf(request);
    const { name } = form.parse(request.body ?? {});
    await this.#models.targets.rename(accountSidOf(request), pair, name);
    response.redirect(303, paths.conversation(pair));
  };

  async #showAgain(request: Request, response: Response, typed: z.infer<typeof form>): Promise<void> {
    const { twilioNumber, target, phoneNumber, name } = typed;
    const page = await chatPage(this.#models, accountSidOf(request), { twilioNumber, target });
    const newTarget = { open: false, phoneNumber, name };
    response.render("chat/conversations/show", { ...page, newTarget });
  }
}
