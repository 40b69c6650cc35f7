import { MediaCalls } from "./mediaLists.ts";
import { AccountCalls } from "./accounts.ts";
import { AvailableNumberCalls } from "./availableNumbers.ts";
import { MessageCalls } from "./messages.ts";
import { NumberCalls } from "./numbers.ts";
import { sdkFactory, type SdkOptions } from "./sdk.ts";

export type Calls = ReturnType<typeof createCalls>;

/** Every call that Parley makes. With it comes the SDK, which takes as long to load as all the rest. */
export function createCalls(options: SdkOptions, onError: (error: unknown) => void) {
  const sdk = sdkFactory(options);
  // Connections of their own, so that strangers who sign in never hold up an account's texts.
  const signInSdk = sdkFactory({ ...options, maxSockets: 4 });
  return {
    accounts: new AccountCalls(signInSdk),
    media: new MediaCalls(sdk),
    messages: new MessageCalls(sdk, onError),
    numbers: new NumberCalls(sdk),
    available: new AvailableNumberCalls(sdk),
  };
}
