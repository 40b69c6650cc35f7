import { describe, expect, test } from "vitest";
import { anna, ben, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { followKeyword } from "../../../src/sandbox/world/keywords.ts";
import { useSandbox } from "../useSandbox.ts";
import { messageOf, serviceIn, worldOf } from "./worlds.ts";

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
});

describe("what Twilio answers by itself", () => {
  const tollFree = "+18335550123";
  const accountOf = () => {
    const { account } = worldOf();
    account.addNumber(tollFree, {});
    return account;
  };
  const follow = (account: ReturnType<typeof accountOf>, body: string, to = shopNumber) =>
    followKeyword(account, messageOf({ body, to }));

  test.each([
    ["START", "start", undefined],
    ["yes", "start", undefined],
    ["HELP", "help", /STOP/],
    ["info", "help", /STOP/],
    ["STOP", "stop", /START/],
  ])("%s of somebody who gets texts", (body, keyword, reply) => {
    const effect = follow(accountOf(), body);
    expect(effect?.keyword).toBe(keyword);
    if (reply) expect(effect?.reply).toMatch(reply);
    else expect(effect?.reply).toBeUndefined();
  });

  test.each([
    ["START", /again/],
    ["YES", /again/],
    ["STOP", undefined],
    ["HELP", undefined],
  ])("%s of somebody who has opted out", (body, reply) => {
    const account = accountOf();
    follow(account, "STOP");
    const effect = follow(account, body);
    if (reply) expect(effect?.reply).toMatch(reply);
    else expect(effect?.reply).toBeUndefined();
  });

  test("comes from the network itself on toll-free numbers, where YES means nothing", () => {
    const account = accountOf();
    expect(follow(account, "STOP", tollFree)?.reply).toMatch(/^NETWORK MSG: .*UNSTOP/);
    expect(follow(account, "YES", tollFree)).toBeUndefined();
    expect(account.isBlocked(tollFree, anna)).toBe(true);
    expect(follow(account, "UNSTOP", tollFree)?.reply).toMatch(/^NETWORK MSG: /);
    expect(account.isBlocked(tollFree, anna)).toBe(false);
  });

  test.each(["STOP it", "STOPP", "S T O P", "", "no"])("%j is a text like any other", (body) => {
    const account = accountOf();
    expect(follow(account, body)).toBeUndefined();
    expect(account.isBlocked(shopNumber, anna)).toBe(false);
  });

  test("follows STOP also where a Messaging Service takes no texts", async () => {
    const { world, account } = worldOf();
    serviceIn(account, [shopNumber], { UseInboundWebhookOnNumber: "false" });
    const before = account.log.all().length;
    await world.phoneTexts({ from: anna, to: shopNumber, body: "STOP" });
    expect([account.isBlocked(shopNumber, anna), account.log.all().length]).toEqual([true, before]);
  });
});
