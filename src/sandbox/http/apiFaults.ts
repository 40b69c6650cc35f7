import { setTimeout as wait } from "node:timers/promises";
import type { Request, RequestHandler, Response } from "express";
import { sendError, TwilioError } from "./errors.ts";
import type { Fault, FaultKind, Faults } from "../world/faults.ts";

const kinds: FaultKind[] = [
  "unauthorized",
  "forbidden",
  "tooManyRequests",
  "queueFull",
  "serverError",
  "unavailable",
  "hang",
  "answerLost",
];

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

const page = "<!doctype html><title>500</title><h1>Internal Server Error</h1>";
const defaultLatencyMs = 2_000;

/** Lets API calls go wrong as the switched-on faults say. */
export function apiFaults(faults: Faults): RequestHandler {
  return async (request, response, next) => {
    const call = `${request.method} ${request.originalUrl}`;
    const slow = faults.take(["latency"], call);
    if (slow) await wait(slow.ms ?? defaultLatencyMs);
    const fault = faults.take(kinds, call);
    if (fault === undefined) return next();
    const refusal = refusals[fault.kind];
    if (refusal) return sendError(response, refusal);
    disturb(fault, request, response, next);
  };
}

function disturb(fault: Fault, request: Request, response: Response, next: () => void): void {
  if (fault.kind === "hang") return;
  if (fault.kind === "serverError") return void response.status(500).type("html").send(page);
  if (fault.kind === "answerLost") loseAnswer(request, response);
  next();
}

function loseAnswer(request: Request, response: Response): void {
  response.end = () => {
    request.socket.destroy();
    return response;
  };
}
