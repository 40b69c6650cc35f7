import type { RequestHandler } from "express";

/**
 * Under an https `PUBLIC_URL` nothing of a page crosses the network in clear: a page that was asked for by http leads to
 * the same one by https, and a form is refused. Whatever ends TLS before us says how the browser came.
 */
export function httpsOnly(publicUrl: string | undefined): RequestHandler {
  const { host, protocol, origin } = new URL(publicUrl ?? "http://127.0.0.1");
  return (request, response, next) => {
    const isPublic = protocol === "https:" && request.headers.host?.toLowerCase() === host;
    const scheme = request.get("x-forwarded-proto")?.split(",")[0]?.trim().toLowerCase();
    if (!isPublic || scheme === "https") return next();
    if (scheme === "http" && ["GET", "HEAD"].includes(request.method))
      return response.redirect(308, origin + request.originalUrl);
    response
      .status(403)
      .type("text/plain")
      .send(
        "Parley takes this only over https. If you run it behind a proxy, let the proxy send X-Forwarded-Proto: https.\n",
      );
  };
}
