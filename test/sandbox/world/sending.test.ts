import { describe, expect, test } from "vitest";
import { newSid } from "../../../src/sandbox/world/sids.ts";
import type { Outgoing } from "../../../src/sandbox/world/sending.ts";
import type { World } from "../../../src/sandbox/world/world.ts";
import { answer, closedAddress, serve } from "../../support/localServer.ts";
import { anna, londonNumber, shopNumber, shopSeed } from "../../support/people.ts";
import { serviceIn, statesOf, theShop, worldOf } from "./worlds.ts";

const send = (world: World, outgoing: Partial<Outgoing> = {}) =>
  world.sending.send(theShop(world), {
    ...{ from: shopNumber, to: anna, body: "Hi", direction: "outbound-api" },
    ...outgoing,
  });
const assuming = (unverified: object) => worldOf({ ...shopSeed(), unverified });

describe("a message goes through its states", () => {
  test("queued, sent, delivered", async () => {
    const { world } = worldOf();
    const message = send(world);
    expect(message).toMatchObject({ status: "queued", dateSent: null, price: null, numSegments: 1 });
    expect(await statesOf(world, message, "delivered")).toEqual(["sent", "delivered"]);
    expect(message).toMatchObject({ price: "-0.00830", errorCode: null, dateSent: expect.any(Date) as Date });
  });

  test("by way of sending, where that is assumed", async () => {
    const { world } = assuming({ sendingCallback: true });
    expect(await statesOf(world, send(world), "delivered")).toEqual(["sending", "sent", "delivered"]);
  });

  test("undelivered when the carrier says no, and that is paid for", async () => {
    const { world } = worldOf();
    world.faults.add({ kind: "messageFails", times: 1 });
    const message = send(world);
    expect(await statesOf(world, message, "undelivered")).toEqual(["sent", "undelivered"]);
    expect(message).toMatchObject({ errorCode: 30003, price: "-0.00830" });
  });

  test("failed when it never left Twilio, and that costs nothing", async () => {
    const { world } = worldOf();
    world.faults.add({ kind: "messageFails", times: 1, code: 30001 });
    const message = send(world);
    expect(await statesOf(world, message, "failed")).toEqual(["failed"]);
    expect(message).toMatchObject({ errorCode: 30001, price: null });
  });

  test("and no further when the sandbox closes", async () => {
    const { world } = worldOf(shopSeed(), { queuedMs: 1 });
    const message = send(world);
    world.close();
    const { world: another } = worldOf(shopSeed(), { queuedMs: 5 });
    await statesOf(another, send(another), "delivered");
    expect(message.status).toBe("queued");
  });

  test("a fault for one recipient lets the others be", async () => {
    const { world } = worldOf();
    world.faults.add({ kind: "messageFails", times: null, path: anna });
    const [toAnna, toBen] = [send(world), send(world, { to: "+15012080947" })];
    await Promise.all([statesOf(world, toAnna, "undelivered"), statesOf(world, toBen, "delivered")]);
    expect([toAnna.errorCode, toBen.errorCode]).toEqual([30003, null]);
  });
});

describe("a Messaging Service", () => {
  test("accepts without a sender, and picks one from its pool", async () => {
    const { world, account } = worldOf();
    const service = serviceIn(account, [shopNumber]);
    const message = send(world, { from: "", service });
    expect(message).toMatchObject({ status: "accepted", from: "", numSegments: 0, serviceSid: service.sid });
    expect(await statesOf(world, message, "delivered")).toEqual(["queued", "sent", "delivered"]);
    expect(message).toMatchObject({ from: shopNumber, numSegments: 1 });
  });

  test.each(["queued", "accepted"] as const)(
    "with a sender given begins at %s where that is assumed",
    (first) => {
      const { world, account } = assuming({ senderAndService: first });
      expect(send(world, { service: serviceIn(account, [shopNumber]) }).status).toBe(first);
    },
  );

  const picked = async (settings: Record<string, string>, ...recipients: string[]) => {
    const { world, account } = worldOf();
    const service = serviceIn(account, [londonNumber, shopNumber], settings);
    const senders: string[] = [];
    for (const to of recipients) {
      const message = send(world, { from: "", to, service });
      await statesOf(world, message, "delivered");
      senders.push(message.from);
    }
    return { world, account, service, senders };
  };

  test("prefers a sender of the recipient's own country, else the first", async () => {
    const { senders } = await picked({}, anna, "+447400654321", "+493090182000");
    expect(senders).toEqual([shopNumber, londonNumber, londonNumber]);
  });

  test.each([
    ["stays with the sender that somebody knows", {}, londonNumber],
    ["chooses anew each time without sticky senders", { StickySender: "false" }, "+4930123456789"],
  ])("%s", async (_what, settings, expected) => {
    const { world, account, service } = await picked(settings, "+493090182000");
    const berlin = account.addNumber("+4930123456789", {});
    service.numbers.set(berlin.sid, new Date());
    const message = send(world, { from: "", to: "+493090182000", service });
    await statesOf(world, message, "delivered");
    expect(message.from).toBe(expected);
  });

  test("sends under a name when its pool is empty, and fails with 21704 without one", async () => {
    const { world, account } = worldOf();
    const service = serviceIn(account, []);
    const refused = send(world, { from: "", service });
    await statesOf(world, refused, "failed");
    expect(refused.errorCode).toBe(21704);
    const sid = newSid("AI");
    service.alphaSenders.set(sid, { sid, alphaSender: "Walnut", dateCreated: new Date() });
    const named = send(world, { from: "", service });
    await statesOf(world, named, "delivered");
    expect(named.from).toBe("Walnut");
  });

  test("finds out about an opt-out only after it has accepted", async () => {
    const { world, account } = worldOf();
    const service = serviceIn(account, [shopNumber]);
    account.block(shopNumber, anna);
    const message = send(world, { from: "", service });
    expect(message.status).toBe("accepted");
    expect(await statesOf(world, message, "failed")).toEqual(["failed"]);
    expect(message.errorCode).toBe(21610);
  });
});

describe("a scheduled message", () => {
  const soon = (ms: number) => new Date(Date.now() + ms);

  test("waits for its time, then goes as any other", async () => {
    const { world, account } = worldOf();
    const message = send(world, { service: serviceIn(account, [shopNumber]), from: "", sendAt: soon(5) });
    expect(message.status).toBe("scheduled");
    expect(await statesOf(world, message, "delivered")).toEqual(["queued", "sent", "delivered"]);
  });

  test("is called off once, and then never leaves", async () => {
    const { world, account } = worldOf();
    const message = send(world, { service: serviceIn(account, [shopNumber]), from: "", sendAt: soon(2) });
    expect([world.sending.cancel(account, message), world.sending.cancel(account, message)]).toEqual([
      true,
      false,
    ]);
    const later = send(world, { service: serviceIn(account, []), sendAt: soon(4) });
    await statesOf(world, later, "delivered");
    expect(message).toMatchObject({ status: "canceled", dateSent: null, price: null });
  });

  test("is not called off by STOP, which is noticed when it is due", async () => {
    const { world, account } = worldOf();
    const message = send(world, { service: serviceIn(account, [shopNumber]), from: "", sendAt: soon(5) });
    await world.phoneTexts({ from: anna, to: shopNumber, body: "STOP" });
    expect(message.status).toBe("scheduled");
    await statesOf(world, message, "failed");
    expect(message.errorCode).toBe(21610);
  });
});

describe("pictures", () => {
  test.each([
    ["is not there", async () => serve(answer(404, "{}")), 11200],
    ["is nowhere", closedAddress, 11200],
    ["is a page", async () => serve(answer(200, "<h1>Hi</h1>")), 12300],
  ])("a message whose picture %s fails", async (_what, address, code) => {
    const { world } = worldOf();
    const message = send(world, { mediaUrls: [`${await address()}/a.png`] });
    expect([message.sid.slice(0, 2), message.numMedia]).toEqual(["MM", 1]);
    await statesOf(world, message, "failed");
    expect(message.errorCode).toBe(code);
  });
});

test("what is sent to a number of our own arrives there as somebody's text", async () => {
  const { world, account } = worldOf();
  await statesOf(world, send(world, { to: londonNumber, body: "From shop to shop" }), "delivered");
  await expect
    .poll(() => account.log.all().filter(({ body }) => body === "From shop to shop"))
    .toHaveLength(2);
  expect(account.log.all().find(({ direction }) => direction === "inbound")).toMatchObject({
    from: shopNumber,
    to: londonNumber,
    status: "received",
  });
});
