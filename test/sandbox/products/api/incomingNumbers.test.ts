import { expect, test } from "vitest";
import { useSandbox } from "../../useSandbox.ts";

const use = useSandbox();

test("a number is bought as E.164, and another account's is not for sale however it is written", async () => {
  const foreign = await use.call("POST", "IncomingPhoneNumbers.json", { PhoneNumber: "+1 (415) 555-0123" });
  expect([foreign.status, foreign.code]).toEqual([400, 21422]);
});
