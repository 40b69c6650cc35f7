// Twilio's keywords for long codes and toll-free numbers; they count only as the whole message, in any case.
const keywords = {
  stop: new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]),
  start: new Set(["START", "YES", "UNSTOP"]),
  help: new Set(["HELP", "INFO"]),
};

/** What an inbound text asks of Twilio; undefined for an ordinary text. */
export function optOutKeyword(body: string): keyof typeof keywords | undefined {
  const word = body.trim().toUpperCase();
  if (keywords.stop.has(word)) return "stop";
  if (keywords.start.has(word)) return "start";
  return keywords.help.has(word) ? "help" : undefined;
}
