import type { Request } from "express";
import type { Accounts } from "../models/account/accounts.ts";
import { Invalid } from "../models/errors.ts";
import { accountSidOf } from "./request.ts";

/** For so long after a sign-in nobody is asked again who they are before money is spent. */
export const provenForMs = 10 * 60_000;

/** Whether the Auth Token must be typed again. */
export function needsToken({ session }: Request, forMs: number): boolean {
  return Date.now() - (session.provedAt ?? 0) >= forMs;
}

/** Takes the typed Auth Token as a proof, if one is needed. Throws Invalid, BadCredentials, TooMany. */
export async function prove(
  request: Request,
  accounts: Accounts,
  { authToken, forMs }: { authToken: string; forMs: number },
): Promise<void> {
  if (!needsToken(request, forMs)) return;
  if (authToken === "") throw new Invalid("Enter the Auth token once more: this spends the account's money.");
  await accounts.prove({ accountSid: accountSidOf(request), authToken }, request.ip ?? "");
  request.session.provedAt = Date.now();
}
