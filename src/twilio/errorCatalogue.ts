import { accounts } from "./errorCatalogue/accounts.ts";
import { content } from "./errorCatalogue/content.ts";
import { delivery } from "./errorCatalogue/delivery.ts";
import type { Entries } from "./errorCatalogue/entries.ts";
import { numbers } from "./errorCatalogue/numbers.ts";
import { recipients } from "./errorCatalogue/recipients.ts";
import { senders } from "./errorCatalogue/senders.ts";
import { webhooks } from "./errorCatalogue/webhooks.ts";

export interface Explanation {
  sentence: string;
  /** What the person can do; empty when nothing is known. */
  action: string;
  code: number | null;
  /** Twilio's page about the code. */
  url: string | null;
}

/** Every code we have words for, by what it is about. */
export const families: Entries[] = [accounts, webhooks, numbers, recipients, senders, content, delivery];

const entries = new Map(families.flatMap((family) => Object.entries(family)));

/** What an error code means and what to do about it; an unknown code speaks in Twilio's own words. */
export function explain(code: number | null, twilioText: string | null): Explanation {
  const [sentence, action] = entries.get(String(code)) ?? [twilioText || unknown(code), ""];
  const url = code === null ? null : `https://www.twilio.com/docs/errors/${code}`;
  return { sentence, action, code, url };
}

function unknown(code: number | null): string {
  return code === null
    ? "Twilio gave no reason."
    : `Twilio gave no reason. See what it writes about ${code}.`;
}
