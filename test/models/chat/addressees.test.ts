import { afterAll, beforeAll, expect, test } from "vitest";
import { Addressees } from "../../../src/models/chat/addressees.ts";
import { TooMany } from "../../../src/models/errors.ts";
import { openTestStore, signedIn, twilioMessage, type TestStore } from "../../support/stores.ts";

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

test("texts to ever more numbers are refused, those to numbers of before or of one's own are not", async () => {
  const { store } = opened;
  const sid = await signedIn(store);
  const addressees = new Addressees(store, 3);
  for (const last of [1, 2, 3]) {
    const twilioNumber = `+1555000111${last}`;
    await addressees.admit(sid, twilioNumber);
    await store.messages.take(sid, [twilioMessage({ twilioNumber })], "webhook");
  }
  await expect(addressees.admit(sid, "+15550009999")).rejects.toBeInstanceOf(TooMany);
  await addressees.admit(sid, "+15550001112");
  await new Addressees(store, 3).admit(sid, "+15550001113");
  const facts = { friendlyName: "", voice: true, sms: true, mms: false, smsUrl: "" };
  const own = {
    sid: "PN1",
    phoneNumber: "+15550009999",
    ...facts,
    createdAt: new Date(),
    updatedAt: new Date(),
  };
  await store.numbers.replaceAll(sid, [own]);
  await addressees.admit(sid, "+15550009999");
});
