import type { Request, RequestHandler, Response } from "express";
import { paths } from "../helpers/paths.ts";
import { Invalid, TooLarge } from "../models/errors.ts";
import { Slots } from "../models/slots.ts";

const largestBytes = 20 * 1024 * 1024;
const terms = {
  ...{ name: "uploadsAtOnce", each: 1, all: 4, retryAfterSeconds: 5 },
  sentence: "Another file is on its way. Wait until it is there.",
};
const limits = { fileSize: largestBytes, files: 1, fields: 10, fieldSize: 1_024, headerPairs: 50 };

/**
 * Reads the form with a file, before its CSRF token is looked at; only from somebody who is signed in, one at a time of an
 * account and few in all, because a file waits in memory until it is whole.
 */
export function uploads(): RequestHandler {
  const slots = new Slots(terms);
  return (request, response, next) => {
    const { accountSid } = request.session;
    if (!isUpload(request) || accountSid === undefined) return next();
    try {
      slots.takeUntil(response, accountSid);
    } catch (refusal) {
      // A browser that is cut off while it sends shows no sentence.
      return void request.once("end", () => next(refusal)).resume();
    }
    readFile(request, response).then(next, next);
  };
}

// Files come seldom, and multer is a tenth of what a process loads.
async function readFile(request: Request, response: Response): Promise<void> {
  const { default: multer } = await import("multer");
  const oneFile = multer({ storage: multer.memoryStorage(), limits }).single("copy");
  await new Promise<void>((resolve, reject) => {
    oneFile(request, response, (error: unknown) => (error ? reject(refusalOf(error)) : resolve()));
  });
}

// Files are read into memory, so that whatever goes wrong is wrong with what was sent.
function refusalOf(error: unknown): Invalid | TooLarge {
  return (error as { code?: unknown }).code === "LIMIT_FILE_SIZE"
    ? new TooLarge("That file is larger than 20 MB, which no copy from Parley is.")
    : new Invalid("That file did not arrive whole. Choose it again.");
}

function isUpload(request: Request): boolean {
  return request.method === "POST" && request.path === paths.restores;
}
