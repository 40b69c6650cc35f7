import type { Request, RequestHandler } from "express";
import multer from "multer";
import { paths } from "../helpers/paths.ts";
import { Invalid, TooLarge, TooMany } from "../models/errors.ts";

const largestBytes = 20 * 1024 * 1024;
const mostAtOnce = 4;
const oneFile = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: largestBytes, files: 1, fields: 10, fieldSize: 1_024, headerPairs: 50 },
}).single("copy");

/**
 * Reads the form with a file, before its CSRF token is looked at; only from somebody who is signed in, one at a time of an
 * account and few in all, because a file waits in memory until it is whole.
 */
export function uploads(): RequestHandler {
  const underWay = new Set<string>();
  return (request, response, next) => {
    const { accountSid } = request.session;
    if (!isUpload(request) || accountSid === undefined) return next();
    if (underWay.has(accountSid) || underWay.size >= mostAtOnce) {
      const refusal = new TooMany("Another file is on its way. Wait until it is there.", 5, "uploadsAtOnce");
      // A browser that is cut off while it sends shows no sentence.
      return void request.once("end", () => next(refusal)).resume();
    }
    underWay.add(accountSid);
    response.once("close", () => underWay.delete(accountSid));
    oneFile(request, response, (error: unknown) => {
      next(error ? refusalOf(error) : undefined);
    });
  };
}

// Files are read into memory, so that whatever goes wrong is wrong with what was sent.
function refusalOf(error: unknown): Invalid | TooLarge {
  return error instanceof multer.MulterError && error.code === "LIMIT_FILE_SIZE"
    ? new TooLarge("That file is larger than 20 MB, which no copy from Parley is.")
    : new Invalid("That file did not arrive whole. Choose it again.");
}

function isUpload(request: Request): boolean {
  return request.method === "POST" && request.path === paths.restores;
}
