import { TwilioError } from "./errors.ts";

/** RFC 2822 as Twilio writes it: "Thu, 24 Aug 2023 05:01:45 +0000". */
export function rfc2822(at: Date): string;
export function rfc2822(at: Date | null): string | null;
export function rfc2822(at: Date | null): string | null {
  return at && at.toUTCString().replace("GMT", "+0000");
}

/** ISO 8601 with whole seconds, as the newer products write it. */
export function iso8601(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}

/** A form or query field as text; the first of several. */
export function text(value: unknown): string {
  if (Array.isArray(value)) return text(value[0]);
  return typeof value === "string" ? value : "";
}

/** All values of a field that may be repeated. */
export function texts(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((each) => typeof each === "string" && each !== "").map(text);
}

/** A field that is true or false; undefined when it is left out. */
export function flag(value: unknown): boolean | undefined {
  const word = text(value).toLowerCase();
  return word === "" ? undefined : word === "true";
}

/** A day or a moment in UTC, in milliseconds; refuses what is neither. */
export function moment(value: string): number {
  // A time without a zone would be one of this machine's.
  const zoned = /T[\d:.]+$/.test(value) ? `${value}Z` : value;
  const at = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(zoned) : NaN;
  if (Number.isNaN(at)) throw new TwilioError(400, 20001, "Invalid date value");
  return at;
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}

export type Form = Record<string, unknown>;

/** The posted form; an empty one when nothing was posted. */
export function formOf({ body }: { body?: unknown }): Form {
  return (body ?? {}) as Form;
}

/** Fields of a form that are among the given names, as text. */
export function fieldsOf(form: Form, names: Set<string>): Record<string, string> {
  const given = Object.entries(form).filter(([name]) => names.has(name));
  return Object.fromEntries(given.map(([name, value]) => [name, text(value)]));
}
