import { expect, test } from "vitest";
import { anna, londonNumber, shopNumber } from "../../support/people.ts";
import { refusal, type Wire } from "./wire.ts";

export function productContract({ sdk, sandbox }: Wire): void {
  test("prices of numbers and messages", async () => {
    const { pricing } = sdk();
    expect(await pricing.v1.phoneNumbers.countries.list({ limit: 100, pageSize: 10 })).toHaveLength(20);
    expect((await pricing.v1.phoneNumbers.countries("US").fetch()).phoneNumberPrices).toHaveLength(2);
    expect(await pricing.v1.messaging.countries.list()).toHaveLength(20);
    expect(await pricing.v1.messaging.countries("US").fetch()).toMatchObject({ priceUnit: "USD" });
    expect(await pricing.v1.voice.countries.list()).toHaveLength(20);
    expect(await pricing.v1.voice.countries("GB").fetch()).toMatchObject({ country: "United Kingdom" });
    expect(await pricing.v1.voice.numbers(anna).fetch()).toMatchObject({
      isoCountry: "US",
      priceUnit: "USD",
    });
    await expect(pricing.v1.messaging.countries("XX").fetch()).rejects.toMatchObject(refusal(20404, 404));
  });

  test("services and their senders", async () => {
    const { services } = sdk().messaging.v1;
    const service = await services.create({
      friendlyName: "Support",
      inboundRequestUrl: "https://example.com/in",
    });
    expect(await services(service.sid).update({ stickySender: false })).toMatchObject({
      stickySender: false,
    });
    expect(await services(service.sid).fetch()).toMatchObject({
      inboundRequestUrl: "https://example.com/in",
    });
    expect(await services.list()).not.toHaveLength(0);
    const [number] = await sdk().incomingPhoneNumbers.list({ phoneNumber: londonNumber });
    const numbers = services(service.sid).phoneNumbers;
    const sender = await numbers.create({ phoneNumberSid: number?.sid ?? "" });
    expect(sender).toMatchObject({ countryCode: "GB", capabilities: ["SMS", "Voice"] });
    await expect(numbers.create({ phoneNumberSid: sender.sid })).rejects.toMatchObject(refusal(21710));
    expect(await numbers.list()).toHaveLength(1);
    expect((await numbers(sender.sid).fetch()).phoneNumber).toBe(londonNumber);
    await numbers(sender.sid).remove();
    const alpha = await services(service.sid).alphaSenders.create({ alphaSender: "Walnut" });
    expect(await services(service.sid).alphaSenders(alpha.sid).fetch()).toMatchObject({
      alphaSender: "Walnut",
    });
    expect(await services(service.sid).alphaSenders.list()).toHaveLength(1);
    await services(service.sid).alphaSenders(alpha.sid).remove();
    expect(await services(service.sid).shortCodes.list()).toEqual([]);
    expect(await services(service.sid).usAppToPerson.list()).toEqual([]);
    expect(await sdk().messaging.v1.brandRegistrations.list()).toEqual([]);
    await services(service.sid).remove();
    await expect(services(service.sid).fetch()).rejects.toMatchObject(refusal(20404, 404));
  });

  test("lookups say what a number is", async () => {
    const { phoneNumbers } = sdk().lookups.v2;
    expect(await phoneNumbers("+15014434496").fetch()).toMatchObject({ valid: true, countryCode: "US" });
    expect(await phoneNumbers("12345").fetch()).toMatchObject({
      valid: false,
      validationErrors: ["TOO_SHORT"],
    });
    const typed = await phoneNumbers("+447400900123").fetch({ fields: "line_type_intelligence" });
    expect(typed.lineTypeIntelligence).toMatchObject({ type: "mobile" });
    const { phoneNumbers: old } = sdk().lookups.v1;
    expect(await old(anna).fetch({ type: ["carrier"] })).toMatchObject({
      countryCode: "US",
      callerName: null,
    });
    await expect(old("12345").fetch()).rejects.toMatchObject(refusal(20404, 404));
  });

  test("alerts tell of webhooks that failed", async () => {
    const [number] = await sdk().incomingPhoneNumbers.list({ phoneNumber: shopNumber });
    await sdk()
      .incomingPhoneNumbers(number?.sid ?? "")
      .update({ smsUrl: `${sandbox().url}/nowhere` });
    const { message } = await sandbox().world.phoneTexts({ from: anna, to: shopNumber, body: "Anyone?" });
    const alerts = await sdk().monitor.v1.alerts.list({
      logLevel: "error",
      startDate: new Date(Date.now() - 60_000),
    });
    const alert = alerts.find(({ resourceSid }) => resourceSid === message.sid);
    expect(alert).toMatchObject({ errorCode: "11200" });
    const whole = await sdk()
      .monitor.v1.alerts(alert?.sid ?? "")
      .fetch();
    expect(whole.requestVariables).toContain("Body=Anyone");
  });
}
