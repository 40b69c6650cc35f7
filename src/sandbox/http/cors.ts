import type { RequestHandler } from "express";

const headers = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers":
    "Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since",
  "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
  "Access-Control-Allow-Credentials": "true",
  "Access-Control-Expose-Headers": "ETag",
};

/** Pages of any site may call the API, as they may call Twilio's; they still need the account's credentials. */
export const cors: RequestHandler = (request, response, next) => {
  response.set(headers);
  if (request.method !== "OPTIONS") return next();
  response.status(204).end();
};
