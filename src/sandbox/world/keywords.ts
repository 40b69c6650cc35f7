import type { SandboxAccount } from "./account.ts";
import type { SandboxMessage } from "./resources.ts";

// They count only as the whole message, in any case.
const stop = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const start = new Set(["START", "YES", "UNSTOP"]);
const help = new Set(["HELP", "INFO"]);

export type Keyword = "stop" | "start" | "help";

/** Follows STOP, START and HELP for the pair, and says which of them it was. */
export function followKeyword(
  account: SandboxAccount,
  { from, to, body }: SandboxMessage,
): Keyword | undefined {
  const word = body.trim().toUpperCase();
  const pair = `${to} ${from}`;
  if (stop.has(word)) account.blocked.add(pair);
  else if (start.has(word)) account.blocked.delete(pair);
  if (stop.has(word)) return "stop";
  if (start.has(word)) return "start";
  return help.has(word) && !account.blocked.has(pair) ? "help" : undefined;
}
