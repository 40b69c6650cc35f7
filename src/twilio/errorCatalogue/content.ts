import type { Entries } from "./entries.ts";

/** What a message consists of. */
export const content: Entries = {
  11751: ["The attachment is too big; a picture message may have 5 MB in all.", "Send a smaller file."],
  21602: ["The message is empty.", "Type something first."],
  21605: [
    "The message is too long for the old sending method that was used.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  21617: ["The message has more than 1,600 characters.", "Shorten it, or send it in parts."],
  21618: ["All carriers on the way refuse this content.", "Write it differently."],
  21619: ["The message has neither text nor attachment.", "Type something first."],
  21620: ["The address of an attachment is not a proper URL.", "Correct the address."],
  21621: ["This number cannot send pictures.", "Send text only, or choose a number with MMS."],
  21622: ["The account cannot send pictures.", "Send text only, or contact Twilio support."],
  21623: ["The message has more than ten attachments.", "Send fewer at a time."],
  21624: [
    "The validity period of the message is not valid.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  21627: [
    "The highest price for the message is not valid.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  21654: ["The content template does not exist.", "Choose a template of this account."],
  21655: ["The content template is not valid.", "Check the template in the Twilio Console."],
  21656: ["The values for the content template are not valid.", "Check what goes into the template."],
  30007: [
    "Twilio or the carrier filtered the message as unwanted or against the rules.",
    "Change the wording, and register your sender if the country asks for it.",
  ],
  30012: [
    "The validity period of the message is too short.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  30013: [
    "The validity period of the message is too long.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  30019: [
    "The content is too large for the recipient's carrier.",
    "Send a smaller picture or a shorter text.",
  ],
  30028: [
    "The request named an unknown version of Twilio's API.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  30029: [
    "The setting for keeping the content is not valid.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  30030: [
    "The setting for keeping the addresses is not valid.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  30031: [
    "The highest sending rate is not valid.",
    "This is a fault of Parley: please report it with the error code.",
  ],
  30038: [
    "The message was filtered because it looks like a one-time password.",
    "Write it differently, or use Twilio Verify for passwords.",
  ],
  30409: [
    "The message can no longer be canceled.",
    "There is nothing to do; it is on its way or already sent.",
  ],
  35111: ["A scheduled message needs a time to be sent at.", "Choose a time."],
  35114: ["The time to send at is too soon or too far away.", "Choose a time at least 15 minutes from now."],
  35117: ["A message of this kind cannot be scheduled.", "Send it now instead."],
  35118: [
    "Only a Messaging Service can send scheduled messages.",
    "Send it now instead, or through a Service.",
  ],
};
