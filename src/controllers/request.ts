import type { Request } from "express";
import * as z from "zod";
import { NotFound } from "../models/errors.ts";
import type { Pair } from "../models/types.ts";

/** The account of a request that requireAccount has let through. */
export function accountSidOf(request: Request): string {
  const { accountSid } = request.session;
  if (accountSid === undefined) throw new Error("This controller needs requireAccount before it");
  return accountSid;
}

const number = z
  .string()
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u);
const pair = z.object({ twilioNumber: number, target: number });

/** The pair that the address names; a `+` may have come bare. */
export function pairOf(request: Request): Pair {
  const parsed = pair.safeParse(request.params);
  if (!parsed.success) throw new NotFound();
  return { twilioNumber: parsed.data.twilioNumber.trim(), target: parsed.data.target.trim() };
}

/** The longest that anything but a text message is: a form is drawn again with what was typed, at our expense. */
const longest = 2_000;

/** A text of any length; empty when missing or repeated. Without NUL, which no database keeps. */
export const longField = z
  .string()
  .catch("")
  .transform((text) => text.replaceAll("\0", ""));

/** A text field of a form or query. */
export const field = longField.transform((text) => text.slice(0, longest));

/** One that spaces around it say nothing about. */
export const trimmed = field.transform((text) => text.trim());

/** One that holds an address; empty for what can be none. */
export const addressField = trimmed.pipe(number.catch(""));
