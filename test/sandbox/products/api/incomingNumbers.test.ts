import { expect, test } from "vitest";
import { beginner, londonNumber, shopNumber, shopSeed } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";

const use = useSandbox();

test("a number is bought as E.164, and another account's is not for sale however it is written", async () => {
  const foreign = await use.call("POST", "IncomingPhoneNumbers.json", { PhoneNumber: "+1 (415) 555-0123" });
  expect([foreign.status, foreign.code]).toEqual([400, 21422]);
});

test("a number without a name is called as its country writes it", async () => {
  const seed = shopSeed();
  Object.assign(seed.accounts[0] ?? {}, {
    numbers: [{ phoneNumber: shopNumber }, { phoneNumber: londonNumber }],
  });
  await use.reopen({ seed });
  const { body } = await use.call("GET", "IncomingPhoneNumbers.json");
  expect(
    (body.incoming_phone_numbers as { friendly_name: string }[]).map((each) => each.friendly_name),
  ).toEqual(["(501) 443-4496", "07400 900123"]);
});

test("a refused purchase says why without the words that SDKs add", async () => {
  const { body } = await use.call("POST", "IncomingPhoneNumbers.json", { AreaCode: "415" }, beginner);
  expect(body.message).toMatch(/^Trial accounts are allowed only one Twilio number\./);
});
