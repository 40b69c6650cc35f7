import { randomBytes } from "node:crypto";
import type { RequestHandler, Response } from "express";
import helmet from "helmet";

/** Headers for every answer; pages may run our own script and style only. */
export function securityHeaders(publicUrl: string | undefined): RequestHandler[] {
  const https = publicUrl?.startsWith("https:") ?? false;
  return [
    withNonce,
    helmet({
      contentSecurityPolicy: policy(https),
      strictTransportSecurity: https,
      referrerPolicy,
      frameguard: { action: "deny" },
    }),
  ];
}

const referrerPolicy = { policy: "same-origin" } as const;

const withNonce: RequestHandler = (_request, response, next) => {
  response.locals.nonce = randomBytes(16).toString("base64");
  next();
};

function policy(https: boolean) {
  // Turbo's progress bar is a style element of its own, which carries the nonce.
  const styleNonce = (_request: unknown, response: unknown) =>
    `'nonce-${String((response as Response).locals.nonce)}'`;
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", styleNonce],
      styleSrcAttr: ["'none'"],
      scriptSrcAttr: ["'none'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      mediaSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      upgradeInsecureRequests: https ? [] : null,
    },
  };
}
