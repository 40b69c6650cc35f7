import type { Entries } from "./entries.ts";

/** Buying and setting up Twilio numbers. */
export const numbers: Entries = {
  21401: ["This is not a number that can send texts.", "Choose one of your Twilio numbers with SMS."],
  21404: [
    "Trial accounts may have only one Twilio number.",
    "Release the number you have, or upgrade the account.",
  ],
  21407: ["Numbers of this type cannot send or receive texts.", "Choose a number with SMS."],
  21409: ["Caller names cannot be looked up for this number.", "Leave that option off."],
  21421: ["The number to buy is not valid.", "Search again and choose one from the list."],
  21422: ["Somebody else has taken the number in the meantime.", "Search again and choose another one."],
  21449: ["This number already belongs to Twilio, so it needs no verification.", "There is nothing to do."],
  21450: ["This number is already verified for your account.", "There is nothing to do."],
  21451: ["This is not an area code.", "Enter the three digits of a US or Canadian area code."],
  21452: ["Twilio has no numbers left with this area code.", "Try an area code nearby."],
  21453: [
    "This number is already verified on another trial account.",
    "Use another number, or upgrade the account.",
  ],
  21457: ["Numbers of this type cannot be searched by area code.", "Search without an area code."],
  21458: [
    "The area code belongs to another type of number.",
    "Search without an area code, or for the other type.",
  ],
  21613: [
    "The law there asks for an address before this number may be bought.",
    "Register an address in the Twilio Console, then buy the number there.",
  ],
  21615: [
    "The law there asks for a local address before this number may be bought.",
    "Register an address in that area in the Twilio Console, then buy the number there.",
  ],
  21628: ["Twilio could not confirm the address.", "Check its spelling, or contact Twilio support."],
  21629: [
    "Twilio could not confirm the address, but knows a similar one.",
    "Compare it with Twilio's suggestion in the Console.",
  ],
  21630: [
    "A document depends on this address, so it cannot be changed.",
    "Change the document in the Twilio Console first.",
  ],
  21631: [
    "This number can only be bought together with a registered address.",
    "Register an address in the Twilio Console, then buy the number there.",
  ],
  21649: [
    "This number can only be bought together with a regulatory bundle.",
    "Create the bundle in the Twilio Console, then buy the number there.",
  ],
  21650: ["This number needs a proof of identity first.", "Upload the document in the Twilio Console."],
  21651: [
    "The proof of identity does not fit this number.",
    "Upload another document in the Twilio Console.",
  ],
};
