import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestHandler } from "express";
import sirv from "sirv";

const hourSeconds = 3_600;
const yearSeconds = 365 * 24 * hourSeconds;

/** What browsers fetch beside pages, in the smallest form that they take. What is named with its version never changes. */
export function assets(folder: string): RequestHandler {
  return sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    dotfiles: false,
    setHeaders: (response) => {
      const isVersioned = response.req.url?.includes("?v=");
      const lifetime = isVersioned ? `${yearSeconds}, immutable` : String(hourSeconds);
      response.setHeader("Cache-Control", `public, max-age=${lifetime}`);
    },
  });
}

/** Another one for every build that differs, so that browsers may keep what they have until then. */
export function assetVersion(folder: string): string {
  const hash = createHash("sha256");
  for (const name of ["app.js", "app.css"]) hash.update(readFileSync(join(folder, "assets", name)));
  return hash.digest("base64url").slice(0, 10);
}
