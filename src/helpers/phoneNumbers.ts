import { memoised } from "./memoised.ts";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** "+1 501 443 4496": grouped as its country does; a short code or a sender by name stays as it is. */
export const displayPhoneNumber = memoised(grouped, 5_000);

function grouped(text: string): string {
  const shown = parsePhoneNumberFromString(text)?.formatInternational();
  // A number that no country has may lose digits on the way.
  return shown?.replace(/[^+\d]/g, "") === text ? shown : text;
}
