import {
  AnswerLost,
  BadCredentials,
  ParleyError,
  TwilioBusy,
  TwilioRefused,
  TwilioUnreachable,
} from "../models/errors.ts";
import { neverConnected } from "./connections.ts";

type Kind = "read" | "write";

/** An error of the SDK that stands for an answer; its classes differ, the fields do not. */
interface Answer {
  status: number;
  code?: unknown;
  message?: unknown;
}

// A proxy makes its connections by itself, so these are all that is known about them.
const connectionCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

const wrongCredentials = 20003;
const testCredentials = 20008;
const tooManyCalls = 20429;
const queueFull = 21611;
// The account's messages of a day are used up, which no moment's patience mends.
const dailyLimit = 63038;
const notActive = new Set([10001, 20005, 20403]);

/** Runs a call to Twilio; every failure becomes a named error without the request, which holds the token. */
export async function calling<T>(kind: Kind, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw named(error, kind);
  }
}

/** Whether Twilio answered that the thing is not there. */
export function isNotFound(error: unknown): boolean {
  return isAnswer(error) && error.status === 404;
}

function named(error: unknown, kind: Kind): ParleyError {
  if (error instanceof ParleyError) return error;
  if (neverConnected(error) || isConnectionCode(error)) return new TwilioUnreachable(scrubbed(error));
  return isAnswer(error) ? answered(error, kind) : lost(kind, error);
}

/** Twilio, or something in its place, answered with a status outside 2xx. */
function answered(answer: Answer, kind: Kind): ParleyError {
  const { status } = answer;
  const code = typeof answer.code === "number" ? answer.code : null;
  if (code === testCredentials) return new BadCredentials("test");
  if (code !== null && notActive.has(code)) return new BadCredentials("suspended");
  if (status === 401 || code === wrongCredentials) return new BadCredentials("wrong");
  if (code === tooManyCalls || (status === 429 && code !== queueFull && code !== dailyLimit))
    return new TwilioBusy();
  if (status < 400 || status >= 500) return lost(kind, new Error(`HTTP ${status}`));
  return new TwilioRefused(words(answer), code);
}

function words({ message, status }: Answer): string {
  return typeof message === "string" && message !== "" ? message : `Twilio refused with HTTP ${status}.`;
}

// A read changes nothing, so whatever happened to its answer, it may be made again.
function lost(kind: Kind, error: unknown): ParleyError {
  return kind === "read" ? new TwilioUnreachable(scrubbed(error)) : new AnswerLost(scrubbed(error));
}

function isAnswer(error: unknown): error is Answer {
  return error instanceof Error && "status" in error && typeof error.status === "number";
}

function isConnectionCode(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && connectionCodes.has(code);
}

function scrubbed(error: unknown): ErrorOptions {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { cause: `${name}: ${message}` };
}
