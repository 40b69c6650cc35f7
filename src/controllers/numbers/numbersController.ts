import type { Request, RequestHandler, Response } from "express";
import { z } from "zod";
import { paths } from "../../helpers/paths.ts";
import { Invalid, ParleyError } from "../../models/errors.ts";
import type { Numbers } from "../../models/numbers/numbers.ts";
import type { AvailableNumber, Country } from "../../models/types.ts";
import { accountSidOf, field } from "../request.ts";

const query = z.object({
  country: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/)
    .catch(""),
  type: z.enum(["local", "mobile", "tollFree"]).optional().catch(undefined),
  contains: field.transform((text) => text.trim()),
  phoneNumber: field,
});
type Query = z.infer<typeof query>;

export class NumbersController {
  readonly #numbers: Numbers;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  index: RequestHandler = (request, response) => this.#show(request, response, query.parse(request.query));

  /** Asks once before money is spent. */
  new: RequestHandler = (request, response) => this.#show(request, response, query.parse(request.query));

  create: RequestHandler = async (request, response) => {
    const { phoneNumber, country } = query.parse(request.body ?? {});
    try {
      if (!/^\+\d{5,15}$/.test(phoneNumber)) throw new Invalid("Choose one of the available numbers.");
      await this.#numbers.buy(accountSidOf(request), phoneNumber);
      request.session.notice = `${phoneNumber} is yours now.`;
      response.redirect(303, paths.admin);
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      response.locals.alerts = [{ kind: "danger", message: error.message }];
      response.status(error.status);
      await this.#show(request, response, { country, contains: "", phoneNumber: "" });
    }
  };

  async #show(request: Request, response: Response, asked: Query): Promise<void> {
    const accountSid = accountSidOf(request);
    const [numbers, countries, available] = await Promise.all([
      this.#ask(
        response,
        () => this.#numbers.refresh(accountSid),
        () => this.#numbers.list(accountSid),
      ),
      this.#ask(response, () => this.#numbers.countries(accountSid), none<Country>),
      asked.country && isSearchable(response, asked)
        ? this.#ask(response, () => this.#numbers.available(accountSid, asked), none<AvailableNumber>)
        : [],
    ]);
    const chosen = available.find(({ phoneNumber }) => phoneNumber === asked.phoneNumber.trim());
    const gone = asked.phoneNumber !== "" && chosen === undefined;
    if (gone) warn(response, "That number is no longer on offer. Choose another one.");
    response.render("numbers/index", { type: undefined, ...asked, numbers, countries, available, chosen });
  }

  // The page stands without an answer from Twilio, and says what is missing.
  async #ask<T>(
    response: Response,
    question: () => Promise<T[]>,
    instead: () => T[] | Promise<T[]>,
  ): Promise<T[]> {
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      warn(response, error.message);
      return instead();
    }
  }
}

// https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource: 2 to 16 characters.
function isSearchable(response: Response, { contains }: Query): boolean {
  const searchable = contains === "" || (contains.length >= 2 && contains.length <= 16);
  if (!searchable) warn(response, `Twilio searches for 2 to 16 digits or letters, not for “${contains}”.`);
  return searchable;
}

function none<T>(): T[] {
  return [];
}

function warn(response: Response, message: string): void {
  const alerts = response.locals.alerts as { kind: string; message: string }[];
  if (!alerts.some((alert) => alert.message === message)) alerts.push({ kind: "danger", message });
}
