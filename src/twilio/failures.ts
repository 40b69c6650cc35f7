import twilio from "twilio";
import {
  AnswerLost,
  BadCredentials,
  ParleyError,
  TwilioBusy,
  TwilioRefused,
  TwilioUnreachable,
} from "../models/errors.ts";

type Kind = "read" | "write";

// Before any of these a connection was made, so nothing can have happened at Twilio.
const neverConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ECONNABORTED_CONNECT",
]);
const queueFull = 21611;
const testCredentials = 20008;
const notActive = new Set([20005, 20403, 10001]);

/** Runs a call to Twilio; every failure becomes a named error without the request, which holds the token. */
export async function calling<T>(kind: Kind, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw named(error, kind);
  }
}

function named(error: unknown, kind: Kind): ParleyError {
  if (error instanceof ParleyError) return error;
  if (error instanceof twilio.RestException) return answered(error, kind);
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string" && neverConnected.has(code)) return new TwilioUnreachable(scrubbed(error));
  return lost(kind, error);
}

/** Twilio, or something in its place, answered with a status outside 2xx. */
function answered(
  { status, code, message }: InstanceType<typeof twilio.RestException>,
  kind: Kind,
): ParleyError {
  if (status >= 500) return lost(kind, new Error(`Twilio answered with HTTP ${status}`));
  if (code === testCredentials) return new BadCredentials("test");
  if (code !== undefined && notActive.has(code)) return new BadCredentials("suspended");
  if (status === 401) return new BadCredentials("wrong");
  if (status === 429 && code !== queueFull) return new TwilioBusy();
  return new TwilioRefused(message, code ?? null);
}

// A read changes nothing, so whatever happened to its answer, it may be made again.
function lost(kind: Kind, error: unknown): ParleyError {
  return kind === "read" ? new TwilioUnreachable(scrubbed(error)) : new AnswerLost(scrubbed(error));
}

function scrubbed(error: unknown): ErrorOptions {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { cause: `${name}: ${message}` };
}
