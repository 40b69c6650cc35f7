import * as z from "zod";
import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber.js";
import type { Credentials, TwilioNumber } from "../models/types.ts";
import { readCapabilities } from "./capabilities.ts";
import { calling } from "./failures.ts";
import { readPage } from "./rawPages.ts";
import type { SdkFactory } from "./sdk.ts";

const api = "https://api.twilio.com";
const pageSize = 1_000;
const mostPages = 100;

const entry = z.object({
  sid: z.string().min(1),
  phone_number: z.string().min(1),
  friendly_name: z.string().catch(""),
  capabilities: z.object({}).loose().nullable().catch(null),
  sms_url: z.string().catch(""),
  date_created: z.string().catch(""),
  date_updated: z.string().catch(""),
});

export class NumberCalls {
  readonly #sdk: SdkFactory;

  constructor(sdk: SdkFactory) {
    this.#sdk = sdk;
  }

  /** All pages. The SDK's own list would follow links that lead in a circle for ever. */
  async list(credentials: Credentials): Promise<TwilioNumber[]> {
    return calling("read", async () => {
      const sdk = this.#sdk(credentials);
      const followed = new Set<string>();
      const numbers: TwilioNumber[] = [];
      let uri: string | null =
        `/2010-04-01/Accounts/${credentials.accountSid}/IncomingPhoneNumbers.json?PageSize=${pageSize}`;
      while (uri !== null && !followed.has(uri) && followed.size < mostPages) {
        followed.add(uri);
        const answer: unknown = await sdk.request({ method: "get", uri: new URL(uri, api).href });
        const page = readPage(answer, "incoming_phone_numbers");
        numbers.push(...page.entries.map(readNumber).filter((number) => number !== undefined));
        uri = page.nextPage;
      }
      return numbers;
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

function readNumber(raw: unknown): TwilioNumber | undefined {
  const { data } = entry.safeParse(raw);
  return (
    data && {
      sid: data.sid,
      phoneNumber: data.phone_number,
      friendlyName: data.friendly_name,
      ...readCapabilities(data.capabilities),
      smsUrl: data.sms_url,
      createdAt: toDate(data.date_created),
      updatedAt: toDate(data.date_updated),
    }
  );
}

function toDate(text: string): Date {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}
