import type { Entries } from "./entries.ts";

/** Addresses that Twilio calls, and what it finds there. */
export const webhooks: Entries = {
  11100: ["The webhook address is not a proper URL.", "Correct it in the number's settings at Twilio."],
  11200: [
    "Twilio could not fetch what is at an address it was given: a picture's, or a webhook's.",
    "Check that the address can be reached from the internet; for webhooks that is PUBLIC_URL.",
  ],
  11205: [
    "Twilio could not connect to the webhook address in time.",
    "Use a public address or a tunnel; localhost and private addresses cannot be reached.",
  ],
  11206: [
    "The server at the webhook address did not speak proper HTTP.",
    "Check that http or https and the port fit each other.",
  ],
  11210: [
    "The host name of the webhook address does not exist.",
    "Correct the name, or wait until its DNS entry is known.",
  ],
  11215: [
    "The webhook address redirects in a circle.",
    "Remove the redirects, or give Twilio the final address.",
  ],
  11220: [
    "No secure connection to the webhook address could be made.",
    "Check the TLS settings of its server.",
  ],
  11235: [
    "The certificate at the webhook address is for another name.",
    "Install a certificate for exactly this host name.",
  ],
  11236: ["The certificate at the webhook address has expired.", "Renew the certificate."],
  11237: [
    "Twilio does not trust the certificate at the webhook address.",
    "Install one from a public authority, with its whole chain.",
  ],
  12100: [
    "The answer to Twilio was not valid XML.",
    "Check that the number's webhook address leads to Parley.",
  ],
  12102: [
    "The answer to Twilio did not start with a Response element.",
    "Check that the number's webhook address leads to Parley.",
  ],
  12200: [
    "The answer to Twilio held an instruction that Twilio does not know.",
    "Correct the TwiML of the server that answered.",
  ],
  12300: ["The answer to Twilio was of a kind that it cannot use.", "Have the server answer with text/xml."],
  14101: [
    "An automatic reply named a recipient that cannot get texts.",
    "Correct the recipient in the TwiML.",
  ],
  14102: ["An automatic reply named a sender that cannot send texts.", "Correct the sender in the TwiML."],
  14103: ["An automatic reply had no usable text.", "Correct the text in the TwiML."],
  14104: ["An automatic reply named an unknown HTTP method.", "Use GET or POST in the TwiML."],
  14105: [
    "An automatic reply named a status callback that is not a proper URL.",
    "Correct the address in the TwiML.",
  ],
  14107: [
    "Two numbers kept answering each other, so Twilio stopped them.",
    "End the automatic reply that causes the loop, then wait half a minute.",
  ],
  14108: ["The sender of an automatic reply cannot send messages.", "Use a number that can send SMS."],
  14109: [
    "One message got more than ten automatic replies.",
    "Reply less often, or send the rest through the API.",
  ],
  14111: [
    "A trial account cannot reply automatically to a number it has not verified.",
    "Verify the number at Twilio, or upgrade the account.",
  ],
  21402: ["A webhook address in the request is not a proper URL.", "Check PUBLIC_URL in Parley's settings."],
  21403: [
    "A webhook may only be called with GET or POST.",
    "Correct the method in the number's settings at Twilio.",
  ],
  21405: [
    "The number has a fallback address for calls, but no main one.",
    "Set the main address for calls first.",
  ],
  21406: [
    "The number has a fallback address for texts, but no main one.",
    "Set the main address for texts first.",
  ],
  21420: [
    "The TwiML application does not belong to this account.",
    "Choose one of the account's own applications.",
  ],
  21609: [
    "The address for status callbacks is not a proper public URL.",
    "Check PUBLIC_URL in Parley's settings.",
  ],
  21626: [
    "The event that a status callback should tell about is not known.",
    "This is a fault of Parley: please report it with the error code.",
  ],
};
