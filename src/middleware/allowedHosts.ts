import type { RequestHandler } from "express";
import { paths } from "../helpers/paths.ts";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);
const checkedBySupervisors = new Set<string>([paths.health, paths.readiness, paths.metrics]);

/** Refuses requests under a name that is not ours: a page elsewhere may point its own name at this server (DNS rebinding). */
export function allowedHosts(publicUrl: string | undefined): RequestHandler {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  return (request, response, next) => {
    // `OPTIONS *` is about the server as a whole, and names no page.
    if (!request.url.startsWith("/"))
      return void response.status(400).type("text/plain").send("Ask for a page.\n");
    const host = request.headers.host?.toLowerCase() ?? "";
    if (host === publicHost || loopback.has(withoutPort(host)) || checkedBySupervisors.has(request.path))
      return next();
    response.locals.audit("host refused", { host: host.slice(0, 100) });
    response
      .status(421)
      .type("text/plain")
      .send("This address is not one of Parley's. Set PUBLIC_URL to the address you use.\n");
  };
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}
