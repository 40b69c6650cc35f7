import { describe, expect, test } from "vitest";
import { anna, shop, shopNumber } from "../../../support/people.ts";
import { webhook } from "../../../support/webhook.ts";
import { useSandbox } from "../../useSandbox.ts";

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
