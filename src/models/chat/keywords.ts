import type { Pair } from "../types.ts";

// Twilio's keywords for long codes and toll-free numbers; they count only as the whole message, in any case.
const keywords = {
  stop: new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]),
  start: new Set(["START", "YES", "UNSTOP"]),
  help: new Set(["HELP", "INFO"]),
};

const northAmericanTollFree = /^\+18(00|33|44|55|66|77|88)\d{7}$/;

/**
 * What an inbound text asks of Twilio; undefined for an ordinary text. For a toll-free Twilio number the network keeps
 * the list, and to it YES is an ordinary text.
 */
export function optOutKeyword(
  body: string,
  twilioNumber?: Pair["twilioNumber"],
): keyof typeof keywords | undefined {
  const word = body.trim().toUpperCase();
  if (keywords.stop.has(word)) return "stop";
  if (word === "YES" && northAmericanTollFree.test(twilioNumber ?? "")) return undefined;
  if (keywords.start.has(word)) return "start";
  return keywords.help.has(word) ? "help" : undefined;
}
