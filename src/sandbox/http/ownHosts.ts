import type { RequestHandler } from "express";

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** On this machine only, other names are refused: a page elsewhere may point its own name here (DNS rebinding) and read everything. */
export function ownHosts(host: string): RequestHandler {
  const open = !loopback.test(host) && host !== "::1";
  return (request, response, next) => {
    if (open || loopback.test(request.headers.host ?? "")) return next();
    response.status(421).type("text/plain").send("This address is not one of the sandbox's.\n");
  };
}
