import { BadCredentials, Invalid } from "../errors.ts";
import { Signal } from "../signal.ts";
import type { AccountStore } from "./store.ts";
import type { AccountApi } from "./twilio.ts";
import type { Account, Credentials } from "../types.ts";

const sidShape = /^AC[0-9a-f]{32}$/;

export class Accounts {
  readonly #store: { accounts: AccountStore };
  readonly #twilio: AccountApi;
  /** Somebody has signed in to the account with this SID. */
  readonly signedIn = new Signal<string>();

  constructor(store: { accounts: AccountStore }, twilio: AccountApi) {
    this.#store = store;
    this.#twilio = twilio;
  }

  /** Believes credentials only after Twilio did. Throws Invalid, BadCredentials, TwilioUnreachable and the like. */
  async signIn(typed: Credentials): Promise<Account> {
    const credentials = { ...typed, accountSid: asWritten(typed.accountSid) };
    requireShape(credentials);
    const account = await this.#twilio.fetchAccount(credentials);
    if (account.status !== "active") throw new BadCredentials(account.status);
    await this.#store.accounts.save(account, credentials.authToken);
    await this.signedIn.send(account.sid);
    return account;
  }

  /** Undefined when nobody is signed in to it any more. */
  find(sid: string): Promise<Account | undefined> {
    return this.#store.accounts.find(sid);
  }

  list(): Promise<Account[]> {
    return this.#store.accounts.list();
  }

  /** What calls to Twilio need. Throws BadCredentials when the account was signed out meanwhile. */
  async credentials(accountSid: string): Promise<Credentials> {
    const authToken = await this.#store.accounts.authToken(accountSid);
    if (authToken === undefined) throw new BadCredentials("wrong");
    return { accountSid, authToken };
  }

  /** Undefined when nobody is signed in to that account, so its webhooks cannot be checked. */
  authToken(accountSid: string): Promise<string | undefined> {
    return this.#store.accounts.authToken(accountSid);
  }
}

// Twilio's SIDs differ by case, and all of its own look like this; some keyboards and tables change it.
function asWritten(sid: string): string {
  return sid.slice(0, 2).toUpperCase() + sid.slice(2).toLowerCase();
}

function requireShape({ accountSid, authToken }: Credentials): void {
  if (!sidShape.test(accountSid)) {
    throw new Invalid("That is not an Account SID. It starts with AC, followed by 32 letters and digits.");
  }
  if (authToken === "")
    throw new Invalid("Enter the Auth token. It is beside the Account SID in the Twilio Console.");
}
