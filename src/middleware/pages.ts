import type { Request, RequestHandler } from "express";

export interface Alert {
  kind: "success" | "danger";
  /** A sentence for people. */
  message: string;
}

declare module "express-serve-static-core" {
  interface Locals {
    /** What the page says above everything else. */
    alerts: Alert[];
  }
}

/** What every page may rely on; pages hold private data, so no cache keeps them. */
export const pages: RequestHandler = (request, response, next) => {
  response.set("Cache-Control", "no-store");
  response.locals.alerts = request.session.notice
    ? [{ kind: "success", message: request.session.notice }]
    : [];
  if (isPage(request)) delete request.session.notice;
  next();
};

/** The live stream asks too, but shows nothing. */
export function isPage(request: Request): boolean {
  return request.method === "GET" && request.accepts(["html", "text/event-stream"]) === "html";
}
