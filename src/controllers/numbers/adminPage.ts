import type { Response } from "express";
import * as z from "zod";
import { Deadline } from "../../models/deadline.ts";
import { ParleyError, TwilioUnreachable } from "../../models/errors.ts";
import type { Numbers } from "../../models/numbers/numbers.ts";
import type { AvailableSearch } from "../../models/numbers/twilio.ts";
import type { AvailableNumber, Country, NumberType, TwilioNumber } from "../../models/types.ts";
import { warn } from "../refuse.ts";
import { trimmed } from "../request.ts";

/** Which of Twilio's numbers somebody wants to see; no country, none. */
export const adminQuery = z.object({
  country: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/)
    .catch(""),
  type: z.enum(["local", "mobile", "tollFree"]).optional().catch(undefined),
  contains: trimmed,
});
type AdminQuery = z.infer<typeof adminQuery>;

/** What the admin page shows: the locals of numbers/accountNumbers/index. */
export interface AdminPage {
  country: string;
  type: NumberType | undefined;
  contains: string;
  numbers: TwilioNumber[];
  countries: Country[];
  available: AvailableNumber[];
  /** The one that is about to be bought. */
  chosen: AvailableNumber | undefined;
  /** The Auth Token is asked for once more before it is bought. */
  needsToken: boolean;
  /** Why a part of it is empty, in sentences. */
  missing: string[];
}

/** The page model of the admin page. It stands without an answer from Twilio, and says what is missing. */
export async function adminPage(
  numbers: Numbers,
  accountSid: string,
  { country = "", type, contains = "" }: Partial<AdminQuery> = {},
  deadline = new Deadline(),
): Promise<AdminPage> {
  const inTime = <T>(question: Promise<T>) => deadline.keep(question, tooLate);
  const [owned, countries, available] = await Promise.all([
    answerOf(inTime(numbers.fresh(accountSid)), () => numbers.list(accountSid)),
    answerOf(inTime(numbers.countries(accountSid)), () => []),
    offersOf((search) => inTime(numbers.available(accountSid, search)), { country, type, contains }),
  ]);
  return {
    country,
    type,
    contains,
    numbers: owned.found,
    countries: countries.found,
    available: available.found,
    chosen: undefined,
    needsToken: false,
    missing: [...owned.missing, ...countries.missing, ...available.missing],
  };
}

export function showAdmin(response: Response, page: AdminPage): void {
  for (const sentence of page.missing) warn(response, sentence);
  response.render("numbers/accountNumbers/index", page);
}

interface Answer<T> {
  found: T[];
  missing: string[];
}

function tooLate(): never {
  throw new TwilioUnreachable();
}

async function offersOf(
  ask: (search: AvailableSearch) => Promise<AvailableNumber[]>,
  asked: AdminQuery,
): Promise<Answer<AvailableNumber>> {
  const { country, contains } = asked;
  if (country === "") return { found: [], missing: [] };
  // https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource: 2 to 16 characters.
  if (contains === "" || (contains.length >= 2 && contains.length <= 16))
    return answerOf(ask(asked), () => []);
  const sentence = `Twilio searches for 2 to 16 digits or letters, not for “${contains}”.`;
  return { found: [], missing: [sentence] };
}

async function answerOf<T>(question: Promise<T[]>, instead: () => T[] | Promise<T[]>): Promise<Answer<T>> {
  try {
    return { found: await question, missing: [] };
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return { found: await instead(), missing: [error.message] };
  }
}
