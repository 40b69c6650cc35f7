import type { RequestHandler } from "express";
import type { Numbers } from "../../models/numbers/numbers.ts";
import { accountSidOf } from "../request.ts";
import { adminPage, adminQuery, showAdmin } from "./adminPage.ts";

/** What Twilio sells in a country, above the account's own numbers. */
export class AvailableNumbersController {
  readonly #numbers: Numbers;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  /** Without a country the address is that of the account's numbers alone. */
  index: RequestHandler = async (request, response, next) => {
    const asked = adminQuery.parse(request.query);
    if (asked.country === "") return next();
    showAdmin(response, await adminPage(this.#numbers, accountSidOf(request), asked));
  };
}
