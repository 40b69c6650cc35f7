import { afterAll, beforeAll, expect, test } from "vitest";
import { requireSender } from "../../../src/models/chat/senders.ts";
import { NotFound } from "../../../src/models/errors.ts";
import { inbound, pair } from "../../support/messages.ts";
import { ownedNumber, openTestStore, signedIn, type TestStore } from "../../support/stores.ts";

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const own = ownedNumber("+15550007777");

test("while the account's numbers are not known, every sender is let through", async () => {
  const sid = await signedIn(opened.store);
  await expect(requireSender(opened.store, sid, "+15550008888")).resolves.toBeUndefined();
});

test("a number of one's own and one that was texted under pass, any other and another account's do not", async () => {
  const { store } = opened;
  const [sid, other] = [await signedIn(store), await signedIn(store)];
  await store.numbers.replaceAll(sid, [own]);
  await store.numbers.replaceAll(other, [ownedNumber("+15550006666")]);
  await expect(requireSender(store, sid, own.phoneNumber)).resolves.toBeUndefined();
  await expect(requireSender(store, sid, pair.twilioNumber)).rejects.toThrow(NotFound);
  await store.messages.take(sid, [inbound()], "webhook");
  await expect(requireSender(store, sid, pair.twilioNumber)).resolves.toBeUndefined();
  await expect(requireSender(store, sid, "+15550006666")).rejects.toThrow(NotFound);
  await expect(requireSender(store, other, pair.twilioNumber)).rejects.toThrow(NotFound);
});

test("a target added under a number, without a word said, makes it no sender", async () => {
  const { store } = opened;
  const sid = await signedIn(store);
  await store.numbers.replaceAll(sid, [own]);
  await store.targets.add(sid, pair, null);
  await expect(requireSender(store, sid, pair.twilioNumber)).rejects.toThrow("no such Twilio number");
});
