import { Deadline } from "../deadline.ts";
import { BadCredentials, Invalid } from "../errors.ts";
import { Signal } from "../signal.ts";
import { isSameSecret } from "./sameSecret.ts";
import type { SignInGate } from "./signInGate.ts";
import type { AccountStore, StoredToken } from "./store.ts";
import type { AccountApi } from "./twilio.ts";
import type { Account, Credentials } from "../types.ts";

const sidShape = /^AC[0-9a-f]{32}$/;
// Twilio's have 32 characters.
const longestToken = 100;

/** Who signed in, and with which of the account's Auth Tokens. */
export interface SignIn {
  account: Account;
  tokenId: string;
}

export interface AccountOptions {
  gate: SignInGate;
  /** SIDs of the accounts that may sign in; undefined for all. */
  allowedAccounts?: string[] | undefined;
  /** Told about what nobody waits for. */
  onError: (error: unknown) => void;
}

export class Accounts {
  readonly #store: { accounts: AccountStore };
  readonly #twilio: AccountApi;
  readonly #gate: SignInGate;
  readonly #isAllowed: (accountSid: string) => boolean;
  readonly #doubted = new Set<string>();
  /** Somebody has signed in to the account with this SID. */
  readonly signedIn = new Signal<string>();

  constructor(store: { accounts: AccountStore }, twilio: AccountApi, options: AccountOptions) {
    this.#store = store;
    this.#twilio = twilio;
    this.#gate = options.gate;
    const { allowedAccounts } = options;
    this.#isAllowed = (accountSid) => allowedAccounts?.includes(accountSid) ?? true;
    twilio.onRefusedCredentials((refused) => void this.#doubt(refused).catch(options.onError));
  }

  /** Believes credentials only after Twilio did; `address` is the browser's. Throws Invalid, BadCredentials, TooMany, TwilioUnreachable and the like. */
  async signIn({ address, ...typed }: Credentials & { address: string }): Promise<SignIn> {
    const deadline = new Deadline();
    const credentials = { ...typed, accountSid: asWritten(typed.accountSid) };
    requireShape(credentials);
    if (!this.#isAllowed(credentials.accountSid)) throw new BadCredentials("notAllowed");
    const account = await this.#gate.pass(credentials.accountSid, address, () => this.#ask(credentials));
    const tokenId = await this.#store.accounts.save(account, credentials.authToken);
    await deadline.keep(this.#forgetOthers(account.sid, tokenId), () => undefined);
    await deadline.keep(this.signedIn.send(account.sid), () => undefined);
    return { account, tokenId };
  }

  /** Undefined when nobody is signed in to it any more. */
  find(sid: string): Promise<Account | undefined> {
    return this.#store.accounts.find(sid);
  }

  /** Those that somebody has used lately, so that they are kept up to date. */
  attended(): Promise<Account[]> {
    return this.#store.accounts.attended();
  }

  /** What calls to Twilio need. Throws BadCredentials when the account was signed out, or Twilio takes none of its tokens any more. */
  async credentials(accountSid: string): Promise<Credentials> {
    const [token] = await this.#store.accounts.tokens(accountSid);
    if (token === undefined) throw new BadCredentials("ended");
    return { accountSid, authToken: token.authToken };
  }

  /** Every Auth Token with which somebody is signed in; Twilio signs its webhooks with the primary one, whichever they use. */
  async authTokens(accountSid: string): Promise<string[]> {
    if (!isAccountSid(accountSid)) return [];
    return (await this.#store.accounts.tokens(accountSid)).map(({ authToken }) => authToken);
  }

  /** That whoever is signed in still knows one of the account's Auth Tokens. Throws BadCredentials, TooMany. */
  async prove({ accountSid, authToken }: Credentials, address: string): Promise<void> {
    const known = await this.authTokens(accountSid);
    await this.#gate.pass(accountSid, address, () => {
      if (!known.some((token) => isSameSecret(token, authToken.trim())))
        throw new BadCredentials("notThisToken");
      return Promise.resolve();
    });
  }

  async #ask(credentials: Credentials): Promise<Account> {
    const account = await this.#twilio.fetchAccount(credentials);
    if (account.status !== "active") throw new BadCredentials(account.status);
    return account;
  }

  // A rotated token must not live on in a session: whoever has it may not know the new one.
  async #forgetOthers(accountSid: string, tokenId: string): Promise<void> {
    const tokens = await this.#store.accounts.tokens(accountSid);
    const others = tokens.filter(({ id }) => id !== tokenId);
    const unproven = await Promise.all(others.map((token) => this.#isRefused(accountSid, token, true)));
    const dropped = others.filter((_, index) => unproven[index]);
    for (const { id } of dropped) await this.#store.accounts.dropToken(accountSid, id);
  }

  // Twilio refuses for a moment now and then, so it is asked again before anybody has to sign in anew.
  async #doubt({ accountSid, authToken }: Credentials): Promise<void> {
    if (this.#doubted.has(accountSid)) return;
    this.#doubted.add(accountSid);
    try {
      const tokens = await this.#store.accounts.tokens(accountSid);
      const token = tokens.find((each) => each.authToken === authToken);
      if (token && (await this.#isRefused(accountSid, token)))
        await this.#store.accounts.dropToken(accountSid, token.id);
    } finally {
      this.#doubted.delete(accountSid);
    }
  }

  async #isRefused(accountSid: string, { authToken }: StoredToken, unlessProven = false): Promise<boolean> {
    try {
      await this.#twilio.fetchAccount({ accountSid, authToken });
      return false;
    } catch (error) {
      return unlessProven || (error instanceof BadCredentials && error.reason === "wrong");
    }
  }
}

export function isAccountSid(text: string): boolean {
  return sidShape.test(text);
}

// Twilio's SIDs differ by case, and all of its own look like this; some keyboards and tables change it.
function asWritten(sid: string): string {
  return sid.slice(0, 2).toUpperCase() + sid.slice(2).toLowerCase();
}

function requireShape({ accountSid, authToken }: Credentials): void {
  if (!isAccountSid(accountSid)) {
    throw new Invalid("That is not an Account SID. It starts with AC, followed by 32 letters and digits.");
  }
  if (authToken.length > longestToken)
    throw new Invalid("That is not an Auth token. It has 32 letters and digits.");
  if (authToken === "")
    throw new Invalid("Enter the Auth token. It is beside the Account SID in the Twilio Console.");
}
