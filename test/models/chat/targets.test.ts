import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Targets, type TargetForm } from "../../../src/models/chat/targets.ts";
import { Invalid, NotFound } from "../../../src/models/errors.ts";
import { openTestStore, ownedNumber, signedIn, type TestStore } from "../../support/stores.ts";

const london = "+447400900123";
const shop = "+15014434496";
const onWhatsApp = `whatsapp:${shop}`;

let opened: TestStore;
let targets: Targets;
let sid: string;
beforeAll(async () => {
  opened = await openTestStore();
  targets = new Targets(opened.store);
});
afterAll(() => opened.close());
beforeEach(async () => {
  sid = await signedIn(opened.store);
  await opened.store.numbers.replaceAll(sid, [shop, london, onWhatsApp].map(ownedNumber));
});

const add = (change: Partial<TargetForm>) =>
  targets.add(sid, { phoneNumber: "+15012080731", name: "", twilioNumber: shop, ...change });
const nameOf = async (target: string, twilioNumber = shop) =>
  (await opened.store.conversations.find(sid, { twilioNumber, target }))?.name;

test.each([
  ["(501) 208-0731", shop, "+15012080731"],
  ["07400 123456", london, "+447400123456"],
  ["+44 7400 123456", shop, "+447400123456"],
  ["07400 123456", shop, undefined],
])("%j under %s is %s", async (phoneNumber, twilioNumber, target) => {
  const added = add({ phoneNumber, twilioNumber });
  if (target === undefined) await expect(added).rejects.toThrow("is not a valid phone number");
  else expect(await added).toEqual({ twilioNumber, target });
});

test("under a sender of another channel the number is an address of that channel", async () => {
  expect(await add({ twilioNumber: onWhatsApp, phoneNumber: "501 208 0731" })).toEqual({
    twilioNumber: onWhatsApp,
    target: "whatsapp:+15012080731",
  });
});

test.each<[string, Partial<TargetForm>, string]>([
  ["an empty number", { phoneNumber: "  " }, "Enter a phone number."],
  ["what is no number", { phoneNumber: " hello " }, "“hello” is not a valid phone number"],
  ["a number without anything to text from", { twilioNumber: "" }, "Get a Twilio number on the Admin page"],
  ["the Twilio number itself", { phoneNumber: shop }, "a number cannot text itself"],
  ["itself on another channel", { phoneNumber: shop, twilioNumber: onWhatsApp }, "cannot text itself"],
])("%s is refused with a sentence, and nobody is added", async (_, change, sentence) => {
  await expect(add(change)).rejects.toThrow(sentence);
  await expect(add(change)).rejects.toThrow(Invalid);
  expect(await opened.store.conversations.list(sid, change.twilioNumber ?? shop, { limit: 1 })).toEqual([]);
});

test("a number that the account does not own gets no targets", async () => {
  await expect(add({ twilioNumber: "+15550001111" })).rejects.toThrow(NotFound);
  expect(await nameOf("+15012080731")).toBeUndefined();
});

test("spaces around a name are nobody's, a blank one is none, and adding again without one keeps it", async () => {
  await add({ name: "  Anna  " });
  expect(await nameOf("+15012080731")).toBe("Anna");
  await add({ name: "   " });
  expect(await nameOf("+15012080731")).toBe("Anna");
  await add({ phoneNumber: "+15012080947", name: "   " });
  expect(await nameOf("+15012080947")).toBeNull();
});

test("renaming to nothing takes the name away, and only who is a target can be renamed", async () => {
  const pair = await add({ name: "Anna" });
  await targets.rename(sid, pair, " Ann ");
  expect(await nameOf(pair.target)).toBe("Ann");
  await targets.rename(sid, pair, "  ");
  expect(await nameOf(pair.target)).toBeNull();
  const nobody = { ...pair, target: "+15012080947" };
  await expect(targets.rename(sid, nobody, "Ben")).rejects.toThrow("not among your target numbers");
  expect(await opened.store.people.count(sid)).toBe(0);
});
