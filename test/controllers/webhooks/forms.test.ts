import { expect, test } from "vitest";
import { readStatus, readText } from "../../../src/controllers/webhooks/forms.ts";
import { ben, shop, shopNumber } from "../../support/people.ts";
import { textForm } from "../../support/twilioForms.ts";

const sid = `SM${"a".repeat(32)}`;
const service = `MG${"b".repeat(32)}`;
const text = (change: Record<string, unknown> = {}) => ({ ...textForm({ MessageSid: sid }), ...change });
const told = (change: Record<string, unknown> = {}) => readText(text(change))?.told;
const status = (change: Record<string, unknown> = {}) => ({
  MessageSid: sid,
  AccountSid: shop.accountSid,
  From: shopNumber,
  To: ben,
  MessageStatus: "delivered",
  ...change,
});
const moved = (change: Record<string, unknown> = {}) => readStatus(status(change))?.told;

test("a text is told with its ends the way round that we see them, and without a time", () => {
  expect(readText(text({ NumMedia: "2", MessagingServiceSid: service }))).toEqual({
    accountSid: shop.accountSid,
    told: {
      sid,
      twilioNumber: shopNumber,
      target: ben,
      direction: "inbound",
      body: "Hello",
      status: "received",
      errorCode: null,
      errorMessage: null,
      numMedia: 2,
      at: null,
      serviceSid: service,
    },
  });
});

test.each([
  [{ Latitude: "36.1699", Longitude: "-115.1398", Label: "Shop" }, "Location: Shop (36.1699, -115.1398)"],
  [
    { Latitude: "0", Longitude: "0", Label: " ", Address: "12 Main Street" },
    "Location: 12 Main Street (0, 0)",
  ],
  [{ Latitude: "36.1699", Longitude: "-115.1398" }, "Location: 36.1699, -115.1398"],
  [{ Latitude: "136", Longitude: "-115" }, ""],
  [{ Latitude: "", Longitude: "" }, ""],
  [{ Latitude: "north", Longitude: ["1"] }, ""],
])("a place that somebody sent is told in words: %j", (change, body) => {
  expect(told({ Body: "", ...change })?.body).toBe(body);
  expect(told({ Body: "Here", ...change })?.body).toBe("Here");
});

test.each([
  ["a body of 10,000 signs", true, { Body: "x".repeat(10_000) }],
  ["one of 10,001", false, { Body: "x".repeat(10_001) }],
  ["no body at all, as of a picture", true, { Body: undefined }],
  ["an address of 100 signs", true, { From: "x".repeat(100) }],
  ["one of 101", false, { From: "x".repeat(101) }],
  ["an empty address", false, { To: "" }],
  ["half a sign in an address", false, { From: "a\ud83d" }],
  ["a line end in an address", false, { To: `${shopNumber}\n` }],
  ["two senders", false, { From: [ben, ben] }],
  ["no account", false, { AccountSid: undefined }],
  ["a SID of 31 digits", false, { MessageSid: sid.slice(0, -1) }],
  ["a SID with something before it", false, { MessageSid: `x${sid}` }],
  ["a SID in capitals", true, { MessageSid: sid.toUpperCase() }],
])("a form with %s is a text: %s", (_, isText, change) => {
  expect(told(change) !== undefined).toBe(isText);
});

test.each([
  ["100", 100],
  ["101", 0],
  ["-1", 0],
  ["1.5", 0],
  ["many", 0],
  [undefined, 0],
])("%s media count as %i", (NumMedia, numMedia) => {
  expect(told({ NumMedia })?.numMedia).toBe(numMedia);
});

test("a Messaging Service or a keyword that is none is left out, and the text taken", () => {
  expect(told({ MessagingServiceSid: "MG1" })?.serviceSid).toBeNull();
  expect(told({ OptOutType: "STOP" })?.optOutType).toBe("STOP");
  for (const OptOutType of ["stop", "", undefined])
    expect(told({ OptOutType })).not.toHaveProperty("optOutType");
});

test.each(["", "received", "receiving", undefined])(
  "with the status %j it is still a text",
  (MessageStatus) => {
    expect(told({ MessageStatus })).toBeDefined();
    expect(readStatus(text({ MessageStatus }))).toBeUndefined();
  },
);

test("a status is told with its ends the way round that we see them, and without words", () => {
  expect(readText(status())).toBeUndefined();
  expect(readStatus(status({ ErrorCode: "30003", ErrorMessage: "Unreachable" }))).toEqual({
    accountSid: shop.accountSid,
    told: {
      sid,
      twilioNumber: shopNumber,
      target: ben,
      direction: "outbound",
      body: null,
      status: "delivered",
      errorCode: 30_003,
      errorMessage: "Unreachable",
      numMedia: 0,
      at: null,
      serviceSid: null,
    },
  });
});

test("a status counts by its SID, also when the ends cannot be read, and one that is new tells nothing", () => {
  expect(moved({ From: undefined, To: "x".repeat(101) })).toMatchObject({ twilioNumber: "", target: "" });
  expect(readStatus(status({ MessageStatus: "teleported" }))).toEqual({
    accountSid: shop.accountSid,
    told: undefined,
  });
  expect(readStatus(status({ MessageSid: "SM1" }))).toBeUndefined();
});

test.each([
  [String(2 ** 31 - 1), 2 ** 31 - 1],
  [String(2 ** 31), null],
  ["0", null],
  ["-5", null],
  ["", null],
  ["none", null],
  [undefined, null],
])("the error code %s is kept as %s", (ErrorCode, errorCode) => {
  expect(moved({ ErrorCode })?.errorCode).toBe(errorCode);
});

test("of a reason the first 500 signs are kept, and what is no text is no reason", () => {
  expect(moved({ ErrorMessage: "x".repeat(501) })?.errorMessage).toBe("x".repeat(500));
  expect(moved({ ErrorMessage: "x".repeat(500) })?.errorMessage).toHaveLength(500);
  expect(moved({ ErrorMessage: ["a", "b"] })?.errorMessage).toBeNull();
  expect(moved()?.errorMessage).toBeNull();
});

const mediaUrl = (media: string) =>
  `https://api.twilio.com/2010-04-01/Accounts/${shop.accountSid}/Messages/${sid}/Media/${media}`;
const [first, second] = [`ME${"1a".repeat(16)}`, `ME${"2b".repeat(16)}`];

test("pictures and files are told in their order, by their SIDs and types", () => {
  const form = {
    NumMedia: "2",
    MediaUrl0: mediaUrl(first),
    MediaContentType0: "image/jpeg",
    MediaUrl1: mediaUrl(second),
    MediaContentType1: "text/x-vcard",
  };
  expect(told(form)?.media).toEqual([
    { sid: first, contentType: "image/jpeg" },
    { sid: second, contentType: "text/vcard" },
  ]);
});

test.each([
  { NumMedia: "0", MediaUrl0: mediaUrl(first) },
  { NumMedia: "2", MediaUrl0: mediaUrl(first) },
  { NumMedia: "1", MediaUrl0: mediaUrl(`${first}/../x`) },
  { NumMedia: "1", MediaUrl0: mediaUrl(first.toUpperCase()) },
  {
    NumMedia: "11",
    ...Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`MediaUrl${n}`, mediaUrl(first)])),
  },
])("parts that cannot all be read are not told: %j", (form) => {
  expect(told(form)).not.toHaveProperty("media");
});
