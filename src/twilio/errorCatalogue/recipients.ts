import type { Entries } from "./entries.ts";

/** Who a message goes to. */
export const recipients: Entries = {
  21201: ["No number to call was given.", "Enter a phone number."],
  21202: ["This is a premium number, which Twilio does not call.", "Use an ordinary number."],
  21203: [
    "The account may not call this country or number.",
    "Allow it in the Twilio Console under geographic permissions.",
  ],
  21211: ["The recipient's number is not valid.", "Check it and write it with + and the country code."],
  21213: ["The call has no caller number.", "Choose one of your Twilio numbers."],
  21214: ["The number cannot be reached.", "Check the number."],
  21219: [
    "A trial account can only call numbers that it has verified.",
    "Verify the number at Twilio, or upgrade the account.",
  ],
  21265: [
    "The recipient is a short code, and short codes cannot be texted from Twilio.",
    "Choose another recipient.",
  ],
  21266: ["Sender and recipient are the same number.", "Choose another recipient."],
  21408: [
    "Texts to this country are switched off for your account.",
    "Allow the country in the Twilio Console under messaging geographic permissions.",
  ],
  21604: ["The message has no recipient.", "Choose whom to write to."],
  21608: [
    "The account may text only numbers that it has verified, and this one is not.",
    "Verify the number at Twilio, or upgrade the account and complete its business profile.",
  ],
  21610: [
    "The recipient has opted out of texts from this number.",
    "They must text START to it before you can write to them again.",
  ],
  21612: [
    "Twilio cannot carry texts from this number to this recipient.",
    "Use a Twilio number that suits the recipient's country.",
  ],
  21614: ["The recipient's number is not a mobile number.", "Use a mobile number."],
  30003: ["The phone is switched off or out of reach.", "Try again later."],
  30004: [
    "The message was blocked: the recipient or their carrier does not accept it.",
    "Do not send it again; ask them to allow texts from your number.",
  ],
  30005: ["The number does not exist or is no longer in use.", "Check the number."],
  30006: ["The number is a landline, or its carrier cannot be reached.", "Use a mobile number."],
  30011: ["The recipient's phone or region cannot get pictures.", "Send text only."],
  30014: ["The list of recipients is empty or not valid.", "Choose one valid recipient."],
  30485: ["The message could not be delivered.", "Check the number."],
};
