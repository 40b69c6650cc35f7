// Where live Twilio is known to differ from its own description, each with its source.
import type { Schema } from "../../support/twilioDescription.ts";

export interface Difference {
  what: string;
  source: string;
  /** The component that differs, or a pattern of them. */
  schema: RegExp;
  change: (properties: Record<string, Schema>) => void;
}

const availableNumber = /\.available_phone_number_country\.available_phone_number_/;
const incomingNumber = /^api\.v2010\.account\.incoming_phone_number(\.|$)/;

export const differences: Difference[] = [
  {
    what: "available numbers write the keys SMS and MMS in capitals, and have no fax",
    source: "https://github.com/twilio/twilio-node/issues/833",
    schema: availableNumber,
    change(properties) {
      const flag: Schema = { type: "boolean" };
      properties.capabilities = { type: "object", properties: { voice: flag, SMS: flag, MMS: flag } };
    },
  },
  {
    what: "latitude and longitude are strings",
    source: "https://www.twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource",
    schema: availableNumber,
    change(properties) {
      properties.latitude = { type: "string", nullable: true, pattern: "^-?\\d+\\.\\d{6}$" };
      properties.longitude = { type: "string", nullable: true, pattern: "^-?\\d+\\.\\d{6}$" };
    },
  },
  {
    what: "lists of available numbers and of their countries have no page keys, only uri",
    source: "https://github.com/twilio/twilio-node/issues/316",
    schema: /^List(AvailablePhoneNumber\w+)Response$/,
    change(properties) {
      for (const name of Object.keys(properties)) {
        if (name !== "uri" && name !== "countries" && name !== "available_phone_numbers")
          delete properties[name];
      }
    },
  },
  {
    what: "numbers carry their type",
    source: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
    schema: incomingNumber,
    change: (properties) => void (properties.type = { type: "string" }),
  },
  {
    what: "URLs of a number that are not set are empty strings",
    source: "https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource",
    schema: incomingNumber,
    change(properties) {
      for (const [name, schema] of Object.entries(properties)) {
        if (schema.format === "uri") properties[name] = { type: "string", format: "uri-or-empty" };
        if (name.endsWith("application_sid")) delete schema.pattern;
      }
    },
  },
  {
    what: "the price of usage is a string",
    source: "https://www.twilio.com/docs/usage/api/usage-record",
    schema: /^api\.v2010\.account\.usage\./,
    change: (properties) => void (properties.price = { type: "string", pattern: "^-?\\d+\\.\\d+$" }),
  },
  {
    what: "prices are strings",
    source: "https://www.twilio.com/docs/messaging/api/pricing",
    schema: /^pricing\.v1\./,
    change: (properties) => makeStrings(properties),
  },
  {
    what: "date_sent is null until a message has left, though every example of the description shows a date",
    source: "https://www.twilio.com/docs/messaging/api/message-resource",
    schema: /^api\.v2010\.account\.message$/,
    change: (properties) => void Object.assign(properties.date_sent ?? {}, { nullable: true }),
  },
];

function makeStrings(properties: Record<string, Schema>): void {
  for (const [name, schema] of Object.entries(properties)) {
    if (name === "base_price" || name === "current_price")
      properties[name] = { type: "string", pattern: "^\\d+\\.\\d+$" };
    makeStrings(schema.items?.properties ?? schema.properties ?? {});
    makeStrings(schema.items?.properties?.prices?.items?.properties ?? {});
  }
}
