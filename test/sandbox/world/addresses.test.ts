import { expect, test } from "vitest";
import { channelOf, nationalFormat, readAddress } from "../../../src/sandbox/world/addresses.ts";
import { anna } from "../../support/people.ts";

test.each([
  [anna, "", anna],
  [`whatsapp:${anna}`, "whatsapp", anna],
  ["rcs:walnut_agent", "rcs", "walnut_agent"],
  ["messenger:1234", "messenger", "1234"],
  // Nobody knows this channel, so it is part of the address.
  ["telegram:1234", "", "telegram:1234"],
  ["whatsapp:a\nb", "whatsapp", "a\nb"],
  ["", "", ""],
])("%j is on the channel %j with %j", (address, channel, phoneNumber) => {
  expect(channelOf(address)).toEqual({ channel, phoneNumber });
});

test.each([
  ["+15014434496", "(501) 443-4496"],
  ["+447400900123", "07400 900123"],
  ["+493090182000", "030 90182000"],
  ["32665", "32665"],
  ["WALNUT", "WALNUT"],
])("%s is written %s at home", (phoneNumber, written) => {
  expect(nationalFormat(phoneNumber)).toBe(written);
});

test.each([
  [" +1 (501) 208-0731 ", "+15012080731"],
  ["+1.501.208.0731", "+15012080731"],
  ["+123456", "+123456"],
  ["+12345", undefined],
  ["+1234567890123456", undefined],
  ["326 65", "32665"],
  ["123", "123"],
  ["1234567", undefined],
  ["Walnut & Son", undefined],
  ["Walnut&Sons", "Walnut&Sons"],
  ["Walnut_1-2", "Walnut_1-2"],
  ["Wälnut", undefined],
  [" - ", undefined],
  ["rcs:a.b-c_1", "rcs:a.b-c_1"],
  [`rcs:${"x".repeat(65)}`, undefined],
  ["messenger:two words", undefined],
])("somebody who is written %j texts from %j", (given, address) => {
  expect(readAddress(given)).toBe(address);
});
