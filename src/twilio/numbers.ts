import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { Credentials, TwilioNumber } from "../models/types.ts";
import { readCapabilities } from "./capabilities.ts";
import { calling } from "./failures.ts";
import type { SdkFactory } from "./sdk.ts";

const pageSize = 1_000;

export class NumberCalls {
  readonly #sdk: SdkFactory;

  constructor(sdk: SdkFactory) {
    this.#sdk = sdk;
  }

  /** All pages. */
  async list(credentials: Credentials): Promise<TwilioNumber[]> {
    return calling("read", async () => {
      const numbers = await this.#sdk(credentials).incomingPhoneNumbers.list({ pageSize });
      return numbers.map(toNumber);
    });
  }

  async buy(
    credentials: Credentials,
    phoneNumber: string,
    smsUrl: string | undefined,
  ): Promise<TwilioNumber> {
    const webhook = smsUrl ? { smsUrl, smsMethod: "POST" } : {};
    return calling("write", async () =>
      toNumber(await this.#sdk(credentials).incomingPhoneNumbers.create({ phoneNumber, ...webhook })),
    );
  }
}

function toNumber(number: IncomingPhoneNumberInstance): TwilioNumber {
  if (!number.sid) throw new Error("an answer that is no number");
  return {
    sid: number.sid,
    phoneNumber: number.phoneNumber,
    friendlyName: number.friendlyName ?? "",
    ...readCapabilities(number.capabilities),
    smsUrl: number.smsUrl ?? "",
    createdAt: number.dateCreated,
    updatedAt: number.dateUpdated,
  };
}
