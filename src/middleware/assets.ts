import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { RequestHandler, Response } from "express";

const hourSeconds = 3_600;
const yearSeconds = 365 * 24 * hourSeconds;
const endings = { br: ".br", gzip: ".gz", identity: "" };

/**
 * What browsers fetch beside pages, in the smallest form that they take. What is named with its version never changes.
 * All of it is in memory, half a megabyte: whoever asks a thousand times and reads nothing opens no file by it.
 */
export function assets(folder: string): RequestHandler {
  const contents = new Map(filesOf(folder).map((file) => [`/${file}`, readFileSync(join(folder, file))]));
  return (request, response, next) => {
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || !contents.has(request.path) || /\.(br|gz)$/.test(request.path)) return next();
    const encodings = Object.keys(endings) as (keyof typeof endings)[];
    const there = encodings.filter((encoding) => contents.has(request.path + endings[encoding]));
    const encoding = there.find((each) => each === request.acceptsEncodings(there)) ?? "identity";
    if (encoding !== "identity") response.set("Content-Encoding", encoding);
    describe(response, request.path, "v" in request.query);
    response.send(contents.get(request.path + endings[encoding]));
  };
}

/** Another one for every build that differs, so that browsers may keep what they have until then. */
export function assetVersion(folder: string): string {
  const hash = createHash("sha256");
  for (const name of ["app.js", "app.css"]) hash.update(readFileSync(join(folder, "assets", name)));
  return hash.digest("base64url").slice(0, 10);
}

function describe(response: Response, path: string, isVersioned: boolean): void {
  const lifetime = isVersioned ? `${yearSeconds}, immutable` : String(hourSeconds);
  response.vary("Accept-Encoding").type(extname(path)).set("Cache-Control", `public, max-age=${lifetime}`);
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    );
}
