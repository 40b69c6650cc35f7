import type { Response } from "express";
import { NotFound, ParleyError, TooMany } from "../models/errors.ts";

/**
 * Answers a form that a model refuses: with the reason and, drawn by `again`, its page as it was filled in. Any other
 * error, and what is not there, goes on to the error page.
 */
export async function refuse(
  response: Response,
  error: unknown,
  again: () => void | Promise<void>,
): Promise<void> {
  if (!(error instanceof ParleyError) || error instanceof NotFound) throw error;
  warn(response, error.message);
  response.status(error.status);
  if (error instanceof TooMany) {
    response.set("Retry-After", String(error.retryAfterSeconds));
    response.locals.audit("limit", { limit: error.limit });
  }
  await response.locals.readLiveCursor?.();
  await again();
}

/** Says it above the page, once. */
export function warn(response: Response, message: string): void {
  const { alerts } = response.locals;
  if (!alerts.some((alert) => alert.message === message)) alerts.push({ kind: "danger", message });
}
