import { describe, expect, test } from "vitest";
import { SandboxAccount } from "../../../src/sandbox/world/account.ts";
import { inboundForm, statusForm } from "../../../src/sandbox/world/webhookForms.ts";
import { anna, londonNumber, shopNumber } from "../../support/people.ts";
import { messageOf } from "./worlds.ts";

const account = new SandboxAccount({});
const picture = (contentType: string) => ({ contentType, content: Buffer.from("x") });

describe("what is posted of a text", () => {
  test("has Twilio's fields and no others, no time among them", () => {
    const form = inboundForm(account, messageOf());
    expect(Object.keys(form).toSorted()).toEqual(
      [
        ...["AccountSid", "ApiVersion", "Body", "From", "MessageSid", "NumMedia", "NumSegments"],
        ...["FromCity", "FromCountry", "FromState", "FromZip", "ToCity", "ToCountry", "ToState", "ToZip"],
        ...["SmsMessageSid", "SmsSid", "SmsStatus", "To"],
      ].toSorted(),
    );
    expect(form).toMatchObject({ SmsStatus: "received", ApiVersion: "2010-04-01", NumMedia: "0" });
  });

  test("names the message three times over", () => {
    const message = messageOf();
    const { MessageSid, SmsSid, SmsMessageSid } = inboundForm(account, message);
    expect([MessageSid, SmsSid, SmsMessageSid]).toEqual([message.sid, message.sid, message.sid]);
  });

  test("names the Messaging Service only where there is one", () => {
    expect(inboundForm(account, messageOf({ serviceSid: "MG1" })).MessagingServiceSid).toBe("MG1");
  });

  test("counts pictures from nought, each with its type and an address without an ending", () => {
    const message = messageOf({ attachments: [picture("image/png"), picture("image/gif")] });
    const form = inboundForm(account, message);
    const base = `https://api.twilio.com/2010-04-01/Accounts/${account.sid}/Messages/${message.sid}/Media`;
    expect(message.sid).toMatch(/^MM/);
    expect(form).toMatchObject({
      NumMedia: "2",
      MediaUrl0: `${base}/${message.media[0]?.sid}`,
      MediaContentType0: "image/png",
      MediaUrl1: `${base}/${message.media[1]?.sid}`,
      MediaContentType1: "image/gif",
    });
    expect(form).not.toHaveProperty("MediaUrl2");
  });

  test.each([
    [anna, shopNumber, "US", "US"],
    ["+447400654321", londonNumber, "GB", "GB"],
    ["32665", shopNumber, "", "US"],
    [`whatsapp:${anna}`, `whatsapp:${shopNumber}`, "", ""],
  ])("from %s to %s: the countries are %j and %j", (from, to, FromCountry, ToCountry) => {
    expect(inboundForm(account, messageOf({ from, to }))).toMatchObject({ FromCountry, ToCountry });
  });
});

describe("what is posted of a state", () => {
  const out = { direction: "outbound-api", from: shopNumber, to: anna } as const;

  test("has Twilio's fields and no words of the message", () => {
    const message = messageOf({ ...out, status: "sent", body: "Secret" });
    expect(statusForm(account, message)).toEqual({
      MessageSid: message.sid,
      SmsSid: message.sid,
      MessageStatus: "sent",
      SmsStatus: "sent",
      AccountSid: account.sid,
      From: shopNumber,
      To: anna,
      ApiVersion: "2010-04-01",
    });
  });

  test("has the error's code as soon as there is one, and the Service's name", () => {
    const message = messageOf({ ...out, status: "failed", errorCode: 30034, serviceSid: "MG1" });
    expect(statusForm(account, message)).toMatchObject({ ErrorCode: "30034", MessagingServiceSid: "MG1" });
  });

  test.each([
    ["delivered", "2611252359"],
    ["undelivered", "2611252359"],
    ["sent", undefined],
    ["failed", undefined],
  ])("%s has the carrier's minute %s", (status, RawDlrDoneDate) => {
    const dateUpdated = new Date("2026-11-25T23:59:58Z");
    const message = messageOf({ ...out, status, dateUpdated });
    expect(statusForm(account, message).RawDlrDoneDate).toBe(RawDlrDoneDate);
    // Other channels have no carrier.
    expect(statusForm(account, { ...message, to: `whatsapp:${anna}` })).not.toHaveProperty("RawDlrDoneDate");
  });
});
