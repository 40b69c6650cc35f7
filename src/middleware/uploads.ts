import type { Request, RequestHandler } from "express";
import multer from "multer";
import { paths } from "../helpers/paths.ts";
import { Invalid, TooLarge } from "../models/errors.ts";

const largestBytes = 20 * 1024 * 1024;
const oneFile = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: largestBytes, files: 1, fields: 10, fieldSize: 1_024, headerPairs: 50 },
}).single("copy");

/** Reads the form with a file, before its CSRF token is looked at; only from somebody who is signed in. */
export const uploads: RequestHandler = (request, response, next) => {
  if (!isUpload(request)) return next();
  oneFile(request, response, (error: unknown) => {
    next(error ? refusalOf(error) : undefined);
  });
};

// Files are read into memory, so that whatever goes wrong is wrong with what was sent.
function refusalOf(error: unknown): Invalid | TooLarge {
  return error instanceof multer.MulterError && error.code === "LIMIT_FILE_SIZE"
    ? new TooLarge("That file is larger than 20 MB, which no copy from Parley is.")
    : new Invalid("That file did not arrive whole. Choose it again.");
}

function isUpload(request: Request): boolean {
  return (
    request.method === "POST" && request.path === paths.restores && request.session.accountSid !== undefined
  );
}
