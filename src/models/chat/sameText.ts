// What a trial account's texts begin with on their way, and in Twilio's log:
// https://www.twilio.com/docs/messaging/guides/how-to-use-your-free-trial-account
const prefix = "Sent from your Twilio trial account - ";

/** Whether what Twilio has is this text of ours, as it stands or after the sentence put before a trial account's texts. */
export function isText(logged: string, own: string): boolean {
  return logged === own || logged === prefix + own;
}
