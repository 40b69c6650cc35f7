import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { Credentials, TwilioNumber } from "../models/types.ts";
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
    const numbers = await calling("read", () =>
      this.#sdk(credentials).incomingPhoneNumbers.list({ pageSize }),
    );
    return numbers.map(toNumber);
  }

  async buy(
    credentials: Credentials,
    phoneNumber: string,
    smsUrl: string | undefined,
  ): Promise<TwilioNumber> {
    const webhook = smsUrl ? { smsUrl, smsMethod: "POST" } : {};
    const form = { phoneNumber, ...webhook };
    return toNumber(await calling("write", () => this.#sdk(credentials).incomingPhoneNumbers.create(form)));
  }

  async setSmsUrl(credentials: Credentials, sid: string, smsUrl: string): Promise<void> {
    const form = { smsUrl, smsMethod: "POST" };
    await calling("write", () => this.#sdk(credentials).incomingPhoneNumbers(sid).update(form));
  }
}

function toNumber(number: IncomingPhoneNumberInstance): TwilioNumber {
  return {
    sid: number.sid,
    phoneNumber: number.phoneNumber,
    friendlyName: number.friendlyName ?? "",
    voice: number.capabilities.voice ?? false,
    sms: number.capabilities.sms ?? false,
    mms: number.capabilities.mms ?? false,
    smsUrl: number.smsUrl ?? "",
    createdAt: number.dateCreated,
    updatedAt: number.dateUpdated,
  };
}
