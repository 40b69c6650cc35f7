import type { Entries } from "./entries.ts";

/** What a message is sent from. */
export const senders: Entries = {
  21210: [
    "The caller number is not verified.",
    "Use one of your Twilio numbers, or verify this one at Twilio.",
  ],
  21212: ["The sender is not valid, or is of a kind that is blocked.", "Choose one of your Twilio numbers."],
  21264: ["The sender's number is not verified.", "Verify it at Twilio, or choose another of your numbers."],
  21267: [
    "Trial accounts cannot send under a name in place of a number.",
    "Choose your Twilio number, or upgrade the account.",
  ],
  21601: ["The sender is not one of your numbers with SMS.", "Choose one of your Twilio numbers."],
  21603: ["The message has no sender.", "Choose one of your Twilio numbers."],
  21606: ["This number cannot send texts to this recipient.", "Choose another of your Twilio numbers."],
  21607: [
    "A trial account can send only from its trial number.",
    "Choose the trial number, or upgrade the account.",
  ],
  21611: [
    "Too many messages already wait to be sent from this number.",
    "Wait until some are gone, and send more slowly.",
  ],
  21616: [
    "More than one of your numbers fits the sender as it was written.",
    "Write it with + and the country code.",
  ],
  21659: [
    "The sender is not a Twilio number, or is a short code of another country.",
    "Choose one of your Twilio numbers.",
  ],
  21660: ["The sender belongs to another account.", "Choose a number of this account."],
  21661: ["The sender cannot send SMS.", "Choose a number with SMS."],
  21701: [
    "The Messaging Service does not exist in this account.",
    "Check the Service in the Twilio Console.",
  ],
  21702: ["The Messaging Service is not available right now.", "Try again later."],
  21703: [
    "The Messaging Service has no sender that can reach this recipient.",
    "Add a suitable number to the Service in the Twilio Console.",
  ],
  21704: ["The Messaging Service has no senders.", "Add a number to the Service in the Twilio Console."],
  21705: ["The Messaging Service is not valid.", "Check the Service in the Twilio Console."],
  21710: ["The number is already in this Messaging Service.", "There is nothing to do."],
  21711: [
    "The number is not in this Messaging Service.",
    "Look at the Service's senders in the Twilio Console.",
  ],
  21712: ["The number is already in another Messaging Service.", "Remove it there first."],
  21713: [
    "The number does not suit the use that the Messaging Service is made for.",
    "Choose another number or Service.",
  ],
  21714: ["The Messaging Service can hold no more numbers.", "Remove one, or use another Service."],
  21715: [
    "The number can send neither texts nor pictures, so no Messaging Service can use it.",
    "Choose a number with SMS.",
  ],
  21910: ["Sender and recipient are on different channels.", "Use a phone number for both."],
  30015: ["The sender or recipient is on a channel that Twilio does not know.", "Use plain phone numbers."],
  30016: ["The channels of sender and recipient do not fit each other.", "Use a phone number for both."],
  30018: [
    "The recipient's country takes texts only from registered senders.",
    "Register a sender for that country in the Twilio Console.",
  ],
  30024: [
    "The carrier does not know this sender yet.",
    "Wait until it is set up, or contact Twilio support.",
  ],
  30040: [
    "The recipient's country takes texts only from registered senders, and this one is not.",
    "Register the sender for that country in the Twilio Console.",
  ],
  30041: [
    "The United Kingdom does not take texts from this unregistered sender.",
    "Register the sender in the Twilio Console.",
  ],
  30043: [
    "The carrier saw an international text on a way that is for domestic ones.",
    "Use a number of the recipient's country, or contact Twilio support.",
  ],
};
