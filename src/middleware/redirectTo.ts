import type { RequestHandler } from "express";

export function redirectTo(path: string): RequestHandler {
  return (_request, response) => response.redirect(303, path);
}
