import type { Account, Credentials } from "../models/types.ts";
import { calling } from "./failures.ts";
import type { SdkFactory } from "./sdk.ts";

export class AccountCalls {
  readonly #sdk: SdkFactory;

  constructor(sdk: SdkFactory) {
    this.#sdk = sdk;
  }

  /** Twilio's answer holds the Auth Token in clear; it goes no further than here. */
  async fetch(credentials: Credentials): Promise<Account> {
    const account = await calling("read", () =>
      this.#sdk(credentials).api.v2010.accounts(credentials.accountSid).fetch(),
    );
    return {
      sid: account.sid,
      friendlyName: account.friendlyName,
      type: account.type === "Trial" ? "Trial" : "Full",
      status: account.status,
    };
  }
}
