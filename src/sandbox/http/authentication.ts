import { timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import type { SandboxAccount } from "../world/account.ts";
import type { World } from "../world/world.ts";
import { unverifiedOf } from "./unverified.ts";
import { notFound, sendError, TwilioError } from "./errors.ts";

/** Basic auth with Account SID and Auth Token. Test credentials reach only what Twilio lets them create. */
export function authentication(world: World): RequestHandler {
  return (request, response, next) => {
    const [sid, token] = credentials(request.headers.authorization);
    const account = world.accounts.get(sid);
    if (!account || !(same(token, account.authToken) || same(token, account.testAuthToken)))
      return refuse(response);
    response.locals.account = account;
    response.locals.test = same(token, account.testAuthToken);
    if (response.locals.test && !isOpenToTests(request)) {
      return sendError(
        response,
        new TwilioError(403, 20008, "Resource not accessible with Test Account Credentials"),
      );
    }
    if (account.status !== "active" && !isAccountFetch(request.path)) return refuseInactive(response);
    next();
  };
}

/** The account that signed in. */
export function callerOf(response: Response): SandboxAccount {
  return response.locals.account as SandboxAccount;
}

/** The account of the address, which must be the one that signed in. */
export function accountOf(response: Response, sid: string): SandboxAccount {
  const account = callerOf(response);
  if (account.sid !== sid) throw notFound(`/2010-04-01/Accounts/${sid}`);
  return account;
}

function refuse(response: Response): void {
  sendError(response, new TwilioError(401, 20003, "Authenticate"), {
    detail: "Your AccountSid or AuthToken was incorrect.",
  });
}

function refuseInactive(response: Response): void {
  if (unverifiedOf(response).inactiveAccount === "unauthorized") return refuse(response);
  sendError(response, new TwilioError(403, 20005, "Account not active"));
}

// https://www.twilio.com/docs/iam/test-credentials: messages, numbers and calls, and creating them only.
function isOpenToTests({ method, path }: Request): boolean {
  const open = /\/(Messages|IncomingPhoneNumbers(\/(Local|Mobile|TollFree))?)\.json$/;
  return method === "POST" && open.test(path);
}

function credentials(header: string | undefined): [string, string] {
  const plain = Buffer.from(/^Basic (.+)$/i.exec(header ?? "")?.[1] ?? "", "base64").toString();
  const colon = plain.indexOf(":");
  return [plain.slice(0, Math.max(colon, 0)), plain.slice(colon + 1)];
}

function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function isAccountFetch(path: string): boolean {
  return /^\/2010-04-01\/Accounts\/[^/]+\.json$/.test(path);
}
