import type { Entries } from "./entries.ts";

/** What the account, its credentials or its limits do not allow, and faults of Twilio itself. */
export const accounts: Entries = {
  10001: [
    "Twilio has switched this account off.",
    "Add funds in the Twilio Console, or contact Twilio support to learn why.",
  ],
  10002: [
    "Trial accounts do not have this feature.",
    "Release the number you have first, or upgrade the account.",
  ],
  20001: [
    "Twilio did not understand a value of the request.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  20003: [
    "Twilio did not accept the account's credentials.",
    "Log out and sign in again with the current Account SID and Auth token.",
  ],
  20005: ["The account is not active.", "Add funds or reactivate it in the Twilio Console."],
  20006: ["These credentials may not do this.", "Sign in with the account's main Auth token."],
  20007: [
    "Parley asked Twilio for too many records at once.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  20008: ["Test credentials cannot do this.", "Sign in with the account's live credentials."],
  20009: ["Twilio is not yet done with this record, so it cannot be deleted.", "Try again in a few minutes."],
  20403: [
    "The account may not do this; it is often suspended or closed.",
    "Look at the account in the Twilio Console, or contact Twilio support.",
  ],
  20404: ["Twilio does not have this record any more.", "Reload the page."],
  20409: ["Something else changed the same record at the same moment.", "Try again."],
  20422: ["Twilio found a value of the request invalid.", "Check what you entered and try again."],
  20429: [
    "The account made too many requests at once, so this one was not processed.",
    "Try again in a moment.",
  ],
  20500: ["Twilio had a fault of its own.", "Try again later."],
  20503: ["The Twilio service is not available right now.", "Try again later."],
  21470: [
    "The Account SID that the number should move to is not valid.",
    "Check the SID of the receiving account.",
  ],
  21471: [
    "The account that the number should move to does not exist.",
    "Check the SID of the receiving account.",
  ],
  21472: [
    "The account that the number should move to is not active.",
    "Activate the receiving account first.",
  ],
  21473: [
    "The two accounts are not related, so the number cannot move between them.",
    "Choose a parent account or a subaccount of the number's owner.",
  ],
  21474: [
    "Only the parent account may move numbers between its accounts.",
    "Sign in with the parent account.",
  ],
  21481: ["The link to this page of Twilio's list has expired.", "Reload the list."],
  30002: ["The account was suspended between accepting and sending the message.", "Contact Twilio support."],
  30037: ["Outbound messages are disabled for this account.", "Contact Twilio support."],
  30454: [
    "The account has sent all the messages it may send within 24 hours.",
    "Wait until the oldest of them are 24 hours old, or ask Twilio for a higher limit.",
  ],
  63038: [
    "The account has sent all the messages it may send within 24 hours.",
    "Wait until the oldest of them are 24 hours old, or ask Twilio for a higher limit.",
  ],
  572005: [
    "The recipient has not finished verifying their number with your trial account.",
    "Enter the code that Twilio sent them in the Console, or upgrade the account.",
  ],
  572006: [
    "This trial account may send only Twilio's own sample texts, not yours.",
    "Upgrade the account to write freely.",
  ],
};
