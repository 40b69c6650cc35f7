import type { RequestHandler } from "express";
import { paths, patterns } from "../helpers/paths.ts";

/** One answered request. */
export interface Answered {
  kind: "webhook" | "page" | "form" | "asset";
  path: string;
  status: number;
  seconds: number;
}

const webhooks = new Set<string>(Object.values(patterns.twilio).map(({ create }) => create));

/** Tells of every answer how long it took; a live stream lasts as long as somebody looks, so it is left out. */
export function measuring(tell: (answered: Answered) => void): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const { path, method } = request;
    response.once("close", () => {
      if (path === paths.events) return;
      const seconds = (performance.now() - startedAt) / 1_000;
      tell({ kind: kindOf(path, method), path, status: response.statusCode, seconds });
    });
    next();
  };
}

function kindOf(path: string, method: string): Answered["kind"] {
  if (webhooks.has(path)) return "webhook";
  if (path.startsWith("/assets/")) return "asset";
  return method === "GET" || method === "HEAD" ? "page" : "form";
}
