import { setTimeout as wait } from "node:timers/promises";
import type { Request, RequestHandler, Response } from "express";
import type { Fault, FaultKind, Faults } from "../world/faults.ts";
import { sendError, TwilioError } from "./errors.ts";

const refusals: Partial<Record<FaultKind, TwilioError>> = {
  unauthorized: new TwilioError(401, 20003, "Authenticate"),
  forbidden: new TwilioError(403, 20403, "Forbidden"),
  tooManyRequests: new TwilioError(429, 20429, "Too Many Requests"),
  queueFull: new TwilioError(
    429,
    21611,
    "This 'From' number has exceeded the maximum number of queued messages",
  ),
  unavailable: new TwilioError(503, 20503, "Service Unavailable"),
};
const kinds: FaultKind[] = [
  ...(Object.keys(refusals) as FaultKind[]),
  "serverError",
  "hang",
  "answer",
  "answerLost",
];

const page = "<!doctype html><title>500</title><h1>Internal Server Error</h1>";
const defaultLatencyMs = 2_000;

/** Lets API calls go wrong as the switched-on faults say. */
export function apiFaults(faults: Faults): RequestHandler {
  return async (request, response, next) => {
    const call = callOf(request);
    const slow = faults.take(["latency"], call);
    if (slow) await wait(slow.ms ?? defaultLatencyMs);
    const fault = faults.take(kinds, call);
    if (fault === undefined) return next();
    const refusal = refusals[fault.kind];
    if (refusal) return sendError(response, refusal);
    disturb(fault, request, response, next);
  };
}

/** A call as faults know it. */
export function callOf({ method, originalUrl }: Request): string {
  return `${method} ${originalUrl}`;
}

function disturb(fault: Fault, request: Request, response: Response, next: () => void): void {
  if (fault.kind === "hang") return;
  if (fault.kind === "serverError") return void response.status(500).type("html").send(page);
  if (fault.kind === "answer") return answerAs(fault, response);
  loseAnswer(request, response);
  next();
}

function answerAs({ status = 200, headers = {}, body = "" }: Fault, response: Response): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.status(status).type(text.startsWith("<") ? "html" : "json");
  // By hand, since Express would add a character set to what the fault says.
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(text);
}

function loseAnswer(request: Request, response: Response): void {
  response.end = () => {
    request.socket.destroy();
    return response;
  };
}
