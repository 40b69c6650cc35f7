import { expect, test } from "vitest";
import { anna, beginner, ben, londonNumber, shopNumber } from "../../support/people.ts";
import { refusal, type Wire } from "./wire.ts";

export function messageContract({ sdk, sandbox }: Wire): void {
  test("messages are sent, fetched, listed, redacted, cancelled and deleted", async () => {
    const { messages, messaging } = sdk();
    const made = await messages.create({
      from: shopNumber,
      to: anna,
      body: "Hello",
      statusCallback: "https://example.com/s",
    });
    expect(made).toMatchObject({
      status: "queued",
      dateSent: null,
      price: null,
      numSegments: "1",
      numMedia: "0",
    });
    await expect.poll(async () => (await messages(made.sid).fetch()).status).toBe("delivered");
    expect((await messages(made.sid).fetch()).price).toBe("-0.00830");
    expect(await messages(made.sid).feedback.create({ outcome: "confirmed" })).toMatchObject({
      messageSid: made.sid,
      outcome: "confirmed",
    });
    expect((await messages(made.sid).update({ body: "" })).body).toBe("");
    const found = await messages.list({
      to: anna,
      from: shopNumber,
      dateSentAfter: new Date(Date.now() - 60_000),
      pageSize: 1,
    });
    expect(found.map(({ sid }) => sid)).toContain(made.sid);
    await messages(made.sid).remove();
    await expect(messages(made.sid).fetch()).rejects.toMatchObject(refusal(20404, 404));
    const service = await messaging.v1.services.create({ friendlyName: "Reminders" });
    const later = await messages.create({
      messagingServiceSid: service.sid,
      to: anna,
      body: "Tomorrow at ten",
      scheduleType: "fixed",
      sendAt: new Date(Date.now() + 3_600_000),
    });
    expect(later).toMatchObject({ status: "scheduled", from: null, numSegments: "0" });
    expect((await messages(later.sid).update({ status: "canceled" })).status).toBe("canceled");
    await expect(messages(later.sid).update({ status: "canceled" })).rejects.toMatchObject(refusal(30409));
  });

  test.each([
    [21604, { to: "", from: shopNumber, body: "Hi" }],
    [21211, { to: "+1555", from: shopNumber, body: "Hi" }],
    [21265, { to: "12345", from: shopNumber, body: "Hi" }],
    [21266, { to: shopNumber, from: shopNumber, body: "Hi" }],
    [21603, { to: anna, body: "Hi" }],
    [21659, { to: anna, from: "+15005550123", body: "Hi" }],
    [21212, { to: anna, from: "Walnut", body: "Hi" }],
    [21602, { to: anna, from: shopNumber, body: " " }],
    [21617, { to: anna, from: shopNumber, body: "x".repeat(1601) }],
    [21609, { to: anna, from: shopNumber, body: "Hi", statusCallback: "nowhere" }],
    [21620, { to: anna, from: shopNumber, body: "Hi", mediaUrl: ["nowhere"] }],
    [
      21623,
      {
        to: anna,
        from: shopNumber,
        body: "Hi",
        mediaUrl: Array<string>(11).fill("https://example.com/a.png"),
      },
    ],
    [21621, { to: anna, from: londonNumber, body: "Hi", mediaUrl: ["https://example.com/a.png"] }],
    [21612, { to: "+447400654321", from: shopNumber, body: "Hi", mediaUrl: ["https://example.com/a.png"] }],
    [21624, { to: anna, from: shopNumber, body: "Hi", validityPeriod: 40_000 }],
    [35118, { to: anna, from: shopNumber, body: "Hi", scheduleType: "fixed" as const, sendAt: new Date() }],
  ])("a message is refused with %i", async (code, message) => {
    await expect(sdk().messages.create(message)).rejects.toMatchObject({
      ...refusal(code),
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
  });

  test("trial accounts text verified people only, in either regime", async () => {
    const { messages } = sdk(beginner);
    const from = "+14155550123";
    expect((await messages.create({ from, to: anna, body: "Hi" })).body).toBe(
      "Sent from your Twilio trial account - Hi",
    );
    await expect(messages.create({ from, to: ben, body: "Hi" })).rejects.toMatchObject(refusal(21608));
  });

  test("media are listed, fetched and deleted", async () => {
    const picture = { contentType: "image/png", content: Buffer.from("89504e47", "hex") };
    const { message } = await sandbox().world.phoneTexts({
      from: anna,
      to: shopNumber,
      body: "Look",
      media: [picture],
    });
    const resource = sdk().messages(message.sid);
    const [media] = await resource.media.list({ dateCreatedAfter: new Date(Date.now() - 60_000) });
    const sid = media?.sid ?? "";
    expect(await resource.media(sid).fetch()).toMatchObject({
      contentType: "image/png",
      parentSid: message.sid,
    });
    await resource.media(sid).remove();
    await expect(resource.media(sid).fetch()).rejects.toMatchObject(refusal(20404, 404));
  });
}
