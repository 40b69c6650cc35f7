// What a legacy trial account's texts begin with on their way, and in Twilio's log:
// https://www.twilio.com/docs/messaging/guides/how-to-use-your-free-trial-account
const prefix = "Sent from your Twilio trial account - ";

/** An outbound text as it was typed, without the sentence that Twilio puts before a trial account's texts. */
export function withoutTrialPrefix(body: string): string {
  return body.startsWith(prefix) ? body.slice(prefix.length) : body;
}
