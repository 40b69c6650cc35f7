import { TwilioUnreachable } from "../models/errors.ts";
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
    return calling("read", async () => {
      const sdk = this.#sdk(credentials);
      const account = await sdk.api.v2010.accounts(credentials.accountSid).fetch();
      const { sid, friendlyName, type, status } = account;
      if (!sid) throw new TwilioUnreachable({ cause: "an answer that is no account" });
      return { sid, friendlyName, type: type === "Trial" ? "Trial" : "Full", status };
    });
  }
}
