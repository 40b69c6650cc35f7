import { expect, test } from "vitest";
import { readCapabilities } from "../../src/twilio/capabilities.ts";

test.each([
  ["in capitals, as Twilio writes it", { voice: true, SMS: true, MMS: false }, [true, true, false]],
  ["in small letters, as it describes it", { voice: false, sms: true, mms: true }, [false, true, true]],
  ["with what is nobody's business", { fax: true, voice: true }, [true, false, false]],
  ["in words instead of true", { voice: "true", sms: 1, mms: "yes" }, [false, false, false]],
  ["not at all", null, [false, false, false]],
  ["left out", undefined, [false, false, false]],
])("what a number can do, told %s, is read", (_, told, [voice, sms, mms]) => {
  expect(readCapabilities(told)).toEqual({ voice, sms, mms });
});
