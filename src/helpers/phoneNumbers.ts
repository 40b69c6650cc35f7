import { parsePhoneNumberFromString } from "libphonenumber-js/max";

/** "+1 501 443 4496": grouped as its country does; a short code or a sender by name stays as it is. */
export function displayPhoneNumber(text: string): string {
  const grouped = parsePhoneNumberFromString(text)?.formatInternational();
  // A number that no country has may lose digits on the way.
  return grouped?.replace(/[^+\d]/g, "") === text ? grouped : text;
}
