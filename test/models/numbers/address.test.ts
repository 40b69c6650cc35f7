import { expect, test } from "vitest";
import { channelOf, isMasked, kindOf, onChannelOf, personOf } from "../../../src/models/numbers/address.ts";

test.each([
  ["+15012080731", "sms", "+15012080731", "phoneNumber"],
  ["72345", "sms", "72345", "shortCode"],
  ["MYBANK", "sms", "MYBANK", "senderName"],
  ["Walnut & Sons", "sms", "Walnut & Sons", "senderName"],
  ["+1501208XXXX", "sms", "+1501208XXXX", "masked"],
  ["whatsapp:+15012080731", "whatsapp", "+15012080731", "channel"],
  ["WhatsApp:+15012080731", "whatsapp", "+15012080731", "channel"],
  ["rcs:+15012080731", "rcs", "+15012080731", "channel"],
  ["messenger:106185884", "messenger", "106185884", "channel"],
])("%s is on %s, of %s, a %s", (address, channel, person, kind) => {
  expect([channelOf(address), personOf(address), kindOf(address)]).toEqual([channel, person, kind]);
});

test("a number added under a sender of another channel is an address of that channel", () => {
  expect(onChannelOf("whatsapp:+14155238886", "+15012080731")).toBe("whatsapp:+15012080731");
  expect(onChannelOf("rcs:walnut_agent", "+15012080731")).toBe("rcs:+15012080731");
  expect(onChannelOf("+15014434496", "+15012080731")).toBe("+15012080731");
});

test("only four X at the end of a number are Twilio's mask", () => {
  expect(["+1501208XXXX", "+1501208XXX", "whatsapp:XXXX"].map(isMasked)).toEqual([true, false, false]);
});
