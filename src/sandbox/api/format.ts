const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** RFC 2822 as Twilio writes it: "Thu, 24 Aug 2023 05:01:45 +0000". */
export function rfc2822(at: Date): string;
export function rfc2822(at: Date | null): string | null;
export function rfc2822(at: Date | null): string | null {
  return (
    at &&
    at
      .toUTCString()
      .replace(/^\w+/, days[at.getUTCDay()] ?? "")
      .replace("GMT", "+0000")
  );
}

/** A form or query field as text; the first of several. */
export function text(value: unknown): string {
  if (Array.isArray(value)) return text(value[0]);
  return typeof value === "string" ? value : "";
}
