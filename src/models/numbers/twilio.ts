import type { AvailableNumber, Country, Credentials, NumberType, TwilioNumber } from "../types.ts";

/** Twilio's numbers. Every call may throw BadCredentials, TwilioRefused, TwilioBusy, TwilioUnreachable; a purchase also AnswerLost. */
export interface NumberApi {
  listNumbers(credentials: Credentials): Promise<TwilioNumber[]>;
  listCountries(credentials: Credentials): Promise<Country[]>;
  /** Numbers of every type that Twilio sells there, with prices. */
  listAvailable(credentials: Credentials, search: AvailableSearch): Promise<AvailableNumber[]>;
  buyNumber(credentials: Credentials, phoneNumber: string, smsUrl: string | undefined): Promise<TwilioNumber>;
}

export interface AvailableSearch {
  country: string;
  /** Only this type when given. */
  type?: NumberType;
  /** Digits or letters that the number contains. */
  contains?: string;
}
