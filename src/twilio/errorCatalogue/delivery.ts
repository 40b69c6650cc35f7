import type { Entries } from "./entries.ts";

/** What carriers do with a message, and how much they take. */
export const delivery: Entries = {
  30001: [
    "Too many messages waited to be sent, so this one was dropped.",
    "Send it again later, and more slowly.",
  ],
  30008: [
    "The carrier did not deliver the message and did not say why.",
    "Try once more; if it fails again, check the number.",
  ],
  30009: ["A part of the incoming message never arrived.", "Ask the sender to send it again."],
  30010: [
    "The message would have cost more than the highest price allowed.",
    "Send it without a highest price.",
  ],
  30017: ["The carrier's network is overloaded.", "Try again later."],
  30020: ["Twilio could not process the message because of a fault of its own.", "Send it again."],
  30021: [
    "The Messaging Service could not process the message because of a fault at Twilio.",
    "Send it again.",
  ],
  30022: ["You sent faster than your US registration allows.", "Send more slowly."],
  30023: [
    "You have sent all the texts that your US registration allows in a day.",
    "Send the rest tomorrow.",
  ],
  30025: ["Half of today's limit at T-Mobile is used.", "Plan what you send for the rest of the day."],
  30026: ["Most of today's limit at T-Mobile is used.", "Plan what you send for the rest of the day."],
  30027: ["Today's limit at T-Mobile is used up.", "Send the rest after midnight, Pacific time."],
  30032: [
    "The toll-free number is not verified, so its texts are blocked.",
    "Submit the toll-free verification in the Twilio Console.",
  ],
  30033: ["Your US campaign registration is suspended.", "Contact Twilio support."],
  30034: [
    "US carriers do not take texts from a number that is not registered.",
    "Register your brand and campaign (A2P 10DLC) in the Twilio Console.",
  ],
  30035: ["The number is still being added to its US campaign.", "Wait until that is done, then send again."],
  30036: ["The message could not be sent before its time ran out.", "Send it again."],
  30410: ["The carrier did not answer in time, and Twilio does not try again.", "Send it again later."],
  30450: [
    "Twilio blocked the message for a while to protect you from fraud.",
    "Wait half an hour, then send again.",
  ],
  30500: ["Twilio had a fault of its own while it processed the message.", "Send it again."],
};
