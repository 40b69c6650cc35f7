import type { TwilioNumber } from "../types.ts";

export interface NumberStore {
  /** Makes the cached list equal to this one; announces `numbers` only when it differs. */
  replaceAll(accountSid: string, numbers: TwilioNumber[]): Promise<void>;
  /** By creation, oldest first. */
  list(accountSid: string): Promise<TwilioNumber[]>;
}
