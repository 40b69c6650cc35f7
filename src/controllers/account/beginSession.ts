import type { Request } from "express";
import type { SignIn } from "../../models/account/accounts.ts";

const longestUserAgent = 300;

/** Signs this browser in, under a fresh session id, so that nobody can plant one before; the session it had so far ends. */
export async function beginSession(request: Request, { account, tokenId }: SignIn): Promise<void> {
  await new Promise<void>((resolve, reject) =>
    request.session.regenerate((error) => (error ? reject(error as Error) : resolve())),
  );
  Object.assign(request.session, {
    accountSid: account.sid,
    tokenId,
    provedAt: Date.now(),
    address: request.ip ?? "",
    userAgent: (request.get("user-agent") ?? "").slice(0, longestUserAgent),
    begins: true,
  });
  await new Promise<void>((resolve, reject) =>
    request.session.save((error) => (error ? reject(error as Error) : resolve())),
  );
  delete (request.session as { begins?: boolean }).begins;
}
