import type { RequestHandler } from "express";
import * as z from "zod";
import { turboStreamType } from "../../helpers/turboStream.ts";
import { accountSidOf, addressField, trimmed } from "../request.ts";
import { chatPage } from "./chatPage.ts";
import type { ChatModels } from "./chatParts.ts";

/** What is looked for, as it was typed. */
export const searchField = trimmed.transform((text) => text.slice(0, 500)).optional();
/** How far a reader's clocks are ahead of UTC, in minutes. */
export const aheadField = z.coerce.number().int().min(-900).max(900).optional().catch(undefined);

const query = z.object({
  q: searchField,
  ahead: aheadField,
  number: addressField,
  after: addressField.transform((id) => id || undefined),
});

/** Messages and people by what somebody types: a page, or the part of an open one that tells of them. */
export class SearchesController {
  readonly #models: ChatModels;

  constructor(models: ChatModels) {
    this.#models = models;
  }

  index: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    const { q: typed = "", ahead: minutesAhead, number: twilioNumber, after } = query.parse(request.query);
    if (request.get("accept") === turboStreamType) {
      const results = await this.#models.searches.find(accountSid, typed, { minutesAhead, after });
      const numbers = await this.#models.numbers.list(accountSid);
      const locals = { results, numbers, found: "" };
      return response.type(turboStreamType).render(`chat/searches/${after ? "more" : "results"}`, locals);
    }
    const page = await chatPage(this.#models, accountSid, {
      typed,
      minutesAhead,
      twilioNumber,
      foundAfter: after,
    });
    response.render("chat/conversations/show", page);
  };
}
