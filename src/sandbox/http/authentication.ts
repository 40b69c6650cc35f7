import { timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import type { SandboxAccount } from "../world/account.ts";
import type { World } from "../world/world.ts";
import { notFound, sendError, TwilioError } from "./errors.ts";
import { unverifiedOf, worldOf } from "./worldOf.ts";

interface Caller {
  account: SandboxAccount;
  as: "account" | "test" | "key";
}

/** Basic auth with Account SID and Auth Token, or an API key. Test credentials reach only what Twilio lets them create. */
export function authentication(world: World): RequestHandler {
  return (request, response, next) => {
    const caller = callerWith(world, credentials(request.headers.authorization));
    if (!caller || (caller.as === "key" && !isOpenToKeys(request))) return refuse(response);
    const { account } = caller;
    Object.assign(response.locals, { account, test: caller.as === "test" });
    if (caller.as === "test" && !isOpenToTests(request)) {
      return sendError(
        response,
        new TwilioError(403, 20008, "Resource not accessible with Test Account Credentials"),
      );
    }
    if (account.status !== "active" && !isAccountItself(request.path)) return refuseInactive(response);
    next();
  };
}

/** The account that signed in. */
export function callerOf(response: Response): SandboxAccount {
  return response.locals.account as SandboxAccount;
}

/** The account of the address: the one that signed in, or a subaccount of it that is active. */
export function accountOf(response: Response, sid: string): SandboxAccount {
  const account = relatedAccount(response, sid);
  if (account !== callerOf(response) && account.status !== "active") throw inactive;
  return account;
}

/** The same, whatever its status. */
export function relatedAccount(response: Response, sid: string): SandboxAccount {
  const caller = callerOf(response);
  if (caller.sid === sid) return caller;
  const account = worldOf(response).accounts.get(sid);
  if (account?.ownerSid !== caller.sid) throw notFound(`/2010-04-01/Accounts/${sid}`);
  return account;
}

const inactive = new TwilioError(403, 20005, "Account not active");

function callerWith(world: World, [user, password]: [string, string]): Caller | undefined {
  const account = world.accounts.get(user);
  if (account && same(password, account.authToken)) return { account, as: "account" };
  if (account?.secondaryToken && same(password, account.secondaryToken)) return { account, as: "account" };
  if (account && same(password, account.testAuthToken)) return { account, as: "test" };
  const owner = [...world.accounts.values()].find(({ keys }) => keys.has(user));
  const secret = owner?.keys.get(user)?.secret;
  return owner && secret !== undefined && same(password, secret) ? { account: owner, as: "key" } : undefined;
}

function refuse(response: Response): void {
  // Clients such as wget send their credentials only when asked for them.
  response.set("WWW-Authenticate", 'Basic realm="Twilio API"');
  sendError(response, new TwilioError(401, 20003, "Authenticate"), {
    detail: "Your AccountSid or AuthToken was incorrect.",
  });
}

function refuseInactive(response: Response): void {
  if (unverifiedOf(response).inactiveAccount === "unauthorized") return refuse(response);
  sendError(response, inactive);
}

// https://www.twilio.com/docs/iam/test-credentials: messages, numbers and calls, and creating them only.
function isOpenToTests({ method, path }: Request): boolean {
  const open = /\/(Messages|IncomingPhoneNumbers(\/(Local|Mobile|TollFree))?)\.json$/;
  return method === "POST" && open.test(path);
}

// https://www.twilio.com/docs/iam/api-keys: standard keys see neither accounts nor keys.
function isOpenToKeys({ path }: Request): boolean {
  return !/^\/2010-04-01\/Accounts(\/[^/]+)?\.json$|\/Keys(\/[^/]+)?\.json$/.test(path);
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

function isAccountItself(path: string): boolean {
  return /^\/2010-04-01\/Accounts\/[^/]+\.json$/.test(path);
}
