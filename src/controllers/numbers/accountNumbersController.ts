import type { RequestHandler } from "express";
import type { Numbers } from "../../models/numbers/numbers.ts";
import { accountSidOf } from "../request.ts";
import { adminPage, showAdmin } from "./adminPage.ts";

/** The numbers that the account owns. */
export class AccountNumbersController {
  readonly #numbers: Numbers;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  index: RequestHandler = async (request, response) => {
    showAdmin(response, await adminPage(this.#numbers, accountSidOf(request)));
  };
}
