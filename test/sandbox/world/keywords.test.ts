import { describe, expect, test } from "vitest";
import { anna, ben, shop, shopSeed } from "../../support/people.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();

describe("opting out", () => {
  test.each(["STOP", " stop ", "StopAll", "UNSUBSCRIBE", "cancel", "End", "quit", "REVOKE", "OptOut"])(
    "%j blocks the pair until START",
    async (word) => {
      await use.text(word);
      expect((await use.send(anna)).code).toBe(21610);
      expect((await use.send(ben)).status).toBe(201);
      await use.text("UNSTOP");
      expect((await use.send(anna)).status).toBe(201);
    },
  );

  test("a word within a sentence blocks nobody", async () => {
    await use.text("please stop by at 5");
    expect((await use.send(anna)).status).toBe(201);
  });

  test("Twilio answers by itself, once, and keeps it out of the log unless told otherwise", async () => {
    const account = use.sandbox.world.accounts.get(shop.accountSid);
    await use.text("STOP");
    await use.text("STOP");
    await use.text("HELP");
    expect(account?.autoReplies.map(({ to }) => to)).toEqual([anna]);
    await use.reopen({ seed: { ...shopSeed(), unverified: { autoRepliesLogged: true } } });
    await use.text("HELP");
    expect(use.sandbox.world.messages(shop.accountSid)[0]).toMatchObject({
      direction: "outbound-reply",
      to: anna,
    });
  });

  test("toll-free numbers know no YES", async () => {
    const seed = shopSeed();
    seed.accounts[0]?.numbers?.push({ phoneNumber: "+18335550123" });
    await use.reopen({ seed });
    await use.text("STOP", anna, "+18335550123");
    await use.text("YES", anna, "+18335550123");
    const sent = await use.call("POST", "Messages.json", { From: "+18335550123", To: anna, Body: "Hi" });
    expect(sent.code).toBe(21610);
  });
});
