import type { IncomingMessage, ServerResponse } from "node:http";
import express, { type RequestHandler } from "express";
import { networkOf } from "../models/account/network.ts";
import { Slots } from "../models/slots.ts";

/** Strangers only sign in, or are handed back what they typed before their session ended. */
const strangersBytes = 32 * 1_024;
const largestBytes = 256 * 1_024;
const mostFields = 1_000;
// In bytes: a form waits in memory until it is whole, and whoever sends it may take their time.
export const formTerms = {
  ...{ name: "formsAtOnce", each: 4 * 1_024 * 1_024, all: 64 * 1_024 * 1_024, retryAfterSeconds: 5 },
  sentence: "Too much is being sent at once. Wait a moment, then try again.",
};

/** Reads the forms of pages: those of strangers short, and of each network and of all together only so much at once. */
export function forms(): RequestHandler {
  const slots = new Slots(formTerms);
  const [short, long] = [formsUpTo(strangersBytes, slots), formsUpTo(largestBytes, slots)];
  return (request, response, next) => {
    const read = request.session.accountSid === undefined ? short : long;
    read(request, response, next);
  };
}

/** Reads forms up to so many bytes, as long as there is room for what comes. */
export function formsUpTo(limit: number, slots = new Slots(formTerms)): RequestHandler {
  // Neither browsers nor Twilio compress forms, and one that is compressed may be of any size.
  const parse = express.urlencoded({
    ...{ extended: false, inflate: false, limit },
    parameterLimit: mostFields,
  });
  return (request, response, next) => {
    if (request.is("urlencoded")) weigh(slots, request, response, networkKey(request.ip, request.socket));
    parse(request, response, next);
  };
}

/**
 * Counts what has come, not what was announced, which costs nothing; whoever sends more than there is room for is cut
 * off. Twilio tries again.
 */
export function weigh(slots: Slots, request: IncomingMessage, response: ServerResponse, key: string): void {
  const grow = slots.growUntil(response, key);
  request.on("data", ({ length }: Buffer) => {
    try {
      grow(length);
    } catch {
      request.destroy();
    }
  });
}

// Whoever comes from this machine comes through a proxy that is not trusted: that is everybody, not one network.
function networkKey(address = "", socket: IncomingMessage["socket"]): string {
  const network = networkOf(address);
  return network.startsWith("0:0:0:0:") || network.startsWith("127.")
    ? `${network} ${socket.remotePort}`
    : network;
}
