import { describe, expect, test } from "vitest";
import { anna, beginner, shop, shopNumber } from "../../../support/people.ts";
import { webhook } from "../../../support/webhook.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox();

describe("a Messaging Service", () => {
  async function service(fields: Record<string, string>): Promise<string> {
    const made = await use.call("POST", "/messaging/v1/Services", { FriendlyName: "Support", ...fields });
    const sid = String(made.body.sid);
    const numbers = await use.call("GET", "IncomingPhoneNumbers.json");
    const [number] = numbers.body.incoming_phone_numbers as { sid: string }[];
    await use.call("POST", `/messaging/v1/Services/${sid}/PhoneNumbers`, {
      PhoneNumberSid: number?.sid ?? "",
    });
    return sid;
  }

  test("without a webhook of its own receives nothing and logs nothing", async () => {
    await service({});
    const { message } = await use.text("Into the void");
    expect((await use.call("GET", `Messages/${message.sid}.json`)).status).toBe(404);
  });

  test("tells its own webhook, not the number's, unless it says so", async () => {
    const [own, number] = [await webhook(), await webhook()];
    const account = use.sandbox.world.accounts.get(shop.accountSid);
    Object.assign(account?.numberFor(shopNumber)?.settings ?? {}, { SmsUrl: number.url });
    const sid = await service({ InboundRequestUrl: own.url });
    await use.text("To the service");
    await use.call("POST", `/messaging/v1/Services/${sid}`, { UseInboundWebhookOnNumber: "true" });
    await use.text("To the number");
    expect(own.received.map(({ form }) => form.get("MessagingServiceSid"))).toEqual([sid]);
    expect(number.received.map(({ form }) => form.get("Body"))).toEqual(["To the number"]);
    await Promise.all([own.close(), number.close()]);
  });

  test("accepts first, then picks a sender, and is opted out of as a whole", async () => {
    const sid = await service({ UseInboundWebhookOnNumber: "true" });
    const made = await use.call("POST", "Messages.json", { MessagingServiceSid: sid, To: anna, Body: "Hi" });
    expect(made.body).toMatchObject({ status: "accepted", from: null, num_segments: "0" });
    await expect.poll(() => use.statusOf(made.body.sid)).toBe("delivered");
    expect((await use.call("GET", `Messages/${String(made.body.sid)}.json`)).body.from).toBe(shopNumber);
    await use.text("STOP");
    const refused = await use.call("POST", "Messages.json", {
      MessagingServiceSid: sid,
      To: anna,
      Body: "Hi",
    });
    await expect.poll(() => use.statusOf(refused.body.sid)).toBe("failed");
  });
});

describe("its settings", () => {
  const base = "/messaging/v1/Services";
  const made = async (form: Record<string, string> = {}) =>
    (await use.call("POST", base, { FriendlyName: "Support", ...form })).body;

  test("are Twilio's own unless somebody says otherwise", async () => {
    const body = await made();
    const url = `https://messaging.twilio.com/v1/Services/${String(body.sid)}`;
    expect(body).toMatchObject({
      ...{ friendly_name: "Support", inbound_request_url: null, inbound_method: "POST", fallback_url: null },
      ...{ sticky_sender: true, mms_converter: true, smart_encoding: true, area_code_geomatch: true },
      ...{ synchronous_validation: false, use_inbound_webhook_on_number: false, validity_period: 36_000 },
      ...{ usecase: "undeclared", scan_message_content: "inherit", status_callback: null, url },
      links: {
        phone_numbers: `${url}/PhoneNumbers`,
        short_codes: `${url}/ShortCodes`,
        alpha_senders: `${url}/AlphaSenders`,
      },
    });
  });

  test("are changed one by one, and an address is taken away by an empty one", async () => {
    const { sid } = await made({ InboundRequestUrl: "https://example.com/in", InboundMethod: "get" });
    const { body } = await use.call("POST", `${base}/${String(sid)}`, {
      StickySender: "False",
      ValidityPeriod: "60",
    });
    expect(body).toMatchObject({
      ...{ sticky_sender: false, validity_period: 60, friendly_name: "Support" },
      ...{ inbound_request_url: "https://example.com/in", inbound_method: "GET" },
    });
    const cleared = await use.call("POST", `${base}/${String(sid)}`, { InboundRequestUrl: "" });
    expect(cleared.body.inbound_request_url).toBeNull();
  });

  test.each([
    [20001, { FriendlyName: "" }],
    [20001, { InboundRequestUrl: "nowhere" }],
    [20001, { StatusCallback: "ftp://example.com" }],
    [21403, { FallbackMethod: "PUT" }],
    [20001, { ValidityPeriod: "0" }],
    [20001, { ValidityPeriod: "36001" }],
    [20001, { ValidityPeriod: "long" }],
  ])("are refused with %i for %j", async (code, form) => {
    expect(await made(form as Record<string, string>)).toMatchObject({ status: 400, code });
  });

  test.each(["GET", "POST", "DELETE"])(
    "are not %s-able of another's Service, nor of none",
    async (method) => {
      const { sid } = await made();
      const missing = { status: 404, code: 20404 };
      expect((await use.call(method, `${base}/${String(sid)}`, {}, beginner)).body).toMatchObject(missing);
      expect((await use.call(method, `${base}/${unknown("MG")}`)).body).toMatchObject(missing);
    },
  );

  test("are gone with it, and its numbers are free for another", async () => {
    const [one, other] = [await made(), await made()];
    const PhoneNumberSid = use.shop.numberFor(shopNumber)?.sid ?? "";
    const join = (sid: unknown) =>
      use.call("POST", `${base}/${String(sid)}/PhoneNumbers`, { PhoneNumberSid });
    await join(one.sid);
    expect((await join(other.sid)).code).toBe(21712);
    expect((await use.call("DELETE", `${base}/${String(one.sid)}`)).status).toBe(204);
    expect((await join(other.sid)).status).toBe(201);
  });
});
