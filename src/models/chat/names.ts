import * as z from "zod";
import type { KeptKind, RestorableKind } from "../account/keptData.ts";
import { Invalid } from "../errors.ts";
import type { PeopleStore } from "./store.ts";

const longest = 100;
const most = 100_000;
const mostOfAccount = 100_000;
// An address has at most 100 characters.
const person = z.string().min(1).max(150);
const name = z.string().trim().min(1).max(longest);
// Counted before each is looked at.
const names = z
  .array(z.unknown())
  .max(most)
  .pipe(z.array(z.object({ person, name })));

/** The names that people gave to those they text with: kept, because Twilio does not know them. */
export class Names implements KeptKind {
  readonly key = "names";
  readonly #store: { people: PeopleStore };

  constructor(store: { people: PeopleStore }) {
    this.#store = store;
  }

  inWords(count: number): string {
    return count === 1 ? "1 name" : `${count.toLocaleString("en")} names`;
  }

  count(accountSid: string): Promise<number> {
    return this.#store.people.count(accountSid);
  }

  copy(accountSid: string): Promise<unknown> {
    return this.#store.people.list(accountSid);
  }

  read(copied: unknown): RestorableKind {
    const { data } = names.safeParse(copied);
    if (data === undefined)
      throw new Invalid("The names in that copy cannot be read, so nothing was restored.");
    return { restore: (accountSid) => this.#store.people.restore(accountSid, data, mostOfAccount) };
  }
}
