import type { Request, RequestHandler, Response } from "express";
import { paths } from "../../helpers/paths.ts";
import { Deadline } from "../../models/deadline.ts";
import { Invalid } from "../../models/errors.ts";
import type { Models } from "../../models/index.ts";
import { needsToken, prove } from "../provenSession.ts";
import { refuse, warn } from "../refuse.ts";
import { accountSidOf, trimmed } from "../request.ts";
import { adminPage, adminQuery, showAdmin } from "./adminPage.ts";

const query = adminQuery.extend({ phoneNumber: trimmed });
const form = query.extend({ authToken: trimmed });

type PurchaseModels = Pick<Models, "accounts" | "numbers" | "purchases">;

/** Buying a number at Twilio. */
export class PurchasesController {
  readonly #models: PurchaseModels;
  readonly #provenForMs: number;

  constructor(models: PurchaseModels, provenFor: number) {
    this.#models = models;
    this.#provenForMs = provenFor;
  }

  /** Asks once before money is spent. */
  new: RequestHandler = async (request, response) => {
    const asked = query.parse(request.query);
    const page = await adminPage(this.#models.numbers, accountSidOf(request), asked);
    const chosen = page.available.find(({ phoneNumber }) => phoneNumber === asked.phoneNumber);
    if (!chosen) warn(response, "That number is no longer on offer. Choose another one.");
    showAdmin(response, { ...page, chosen, needsToken: needsToken(request, this.#provenForMs) });
  };

  create: RequestHandler = async (request, response) => {
    const deadline = new Deadline();
    try {
      const phoneNumber = await this.#buy(request, response);
      request.session.notice = `${phoneNumber} is yours now.`;
      response.redirect(303, paths.admin);
    } catch (error) {
      await refuse(response, error, () => this.#showAgain(request, response, deadline));
    }
  };

  async #buy(request: Request, response: Response): Promise<string> {
    const phoneNumber = phoneNumberOf(request);
    const { authToken } = form.parse(request.body ?? {});
    await prove(request, this.#models.accounts, { authToken, forMs: this.#provenForMs });
    await this.#models.purchases.buy(accountSidOf(request), phoneNumber);
    response.locals.audit("purchase", { number: phoneNumber.slice(-4) });
    return phoneNumber;
  }

  async #showAgain(request: Request, response: Response, deadline: Deadline): Promise<void> {
    const { country, phoneNumber } = query.parse(request.body ?? {});
    const page = await adminPage(this.#models.numbers, accountSidOf(request), { country }, deadline);
    const asked = needsToken(request, this.#provenForMs);
    const chosen = asked ? page.available.find((offer) => offer.phoneNumber === phoneNumber) : undefined;
    showAdmin(response, { ...page, chosen, needsToken: asked });
  }
}

function phoneNumberOf(request: Request): string {
  const { phoneNumber } = query.parse(request.body ?? {});
  if (!/^\+\d{5,15}$/.test(phoneNumber)) throw new Invalid("Choose one of the available numbers.");
  return phoneNumber;
}
