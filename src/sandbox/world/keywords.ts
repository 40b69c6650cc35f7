import type { SandboxAccount } from "./account.ts";
import type { SandboxMessage } from "./resources.ts";

// They count only as the whole message, in any case.
const stop = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const start = new Set(["START", "YES", "UNSTOP"]);
const help = new Set(["HELP", "INFO"]);

export interface KeywordEffect {
  keyword: "stop" | "start" | "help";
  /** What Twilio texts back by itself. */
  reply: string | undefined;
}

/** Follows STOP, START and HELP for the pair; undefined for any other text. */
export function followKeyword(
  account: SandboxAccount,
  { from, to, body }: SandboxMessage,
): KeywordEffect | undefined {
  const word = body.trim().toUpperCase();
  const blocked = account.isBlocked(to, from);
  const tollFree = account.numberFor(to)?.type === "toll_free";
  if (stop.has(word)) {
    account.block(to, from);
    return { keyword: "stop", reply: blocked ? undefined : stopReply(tollFree) };
  }
  // The network that runs toll-free numbers knows START and UNSTOP only.
  if (start.has(word) && !(tollFree && word === "YES")) {
    account.unblock(to, from);
    return { keyword: "start", reply: blocked ? startReply(tollFree) : undefined };
  }
  if (!help.has(word)) return undefined;
  return { keyword: "help", reply: blocked ? undefined : "Text STOP to hear no more from this number." };
}

function stopReply(tollFree: boolean): string {
  return tollFree
    ? "NETWORK MSG: You said STOP; no more texts will come from this number. Text UNSTOP to hear from it again."
    : "You will hear no more from this number. Text START to hear from it again.";
}

function startReply(tollFree: boolean): string {
  return tollFree
    ? "NETWORK MSG: You said UNSTOP; texts from this number will come again."
    : "Texts from this number will come again. Text HELP for help, STOP to end them.";
}
