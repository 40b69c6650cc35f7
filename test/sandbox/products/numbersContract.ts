import { expect, test } from "vitest";
import { beginner } from "../../support/people.ts";
import { refusal, type Wire } from "./wire.ts";

export function numberContract({ sdk }: Wire): void {
  test("numbers are bought, listed, changed and released", async () => {
    const { incomingPhoneNumbers, availablePhoneNumbers } = sdk();
    const [free] = await availablePhoneNumbers("US").local.list({ areaCode: 415, limit: 1 });
    const phoneNumber = free?.phoneNumber ?? "";
    const bought = await incomingPhoneNumbers.create({ phoneNumber, smsUrl: "https://example.com/sms" });
    expect(bought).toMatchObject({ phoneNumber, smsUrl: "https://example.com/sms", smsMethod: "POST" });
    await expect(incomingPhoneNumbers.create({ phoneNumber })).rejects.toMatchObject(refusal(21422));
    const byArea = await incomingPhoneNumbers.create({ areaCode: "212" });
    const [mobile] = await availablePhoneNumbers("GB").mobile.list({ limit: 1 });
    const [tollFree] = await availablePhoneNumbers("US").tollFree.list({ limit: 1 });
    await incomingPhoneNumbers.mobile.create({ phoneNumber: mobile?.phoneNumber ?? "" });
    await incomingPhoneNumbers.tollFree.create({ phoneNumber: tollFree?.phoneNumber ?? "" });
    const [local] = await availablePhoneNumbers("CA").local.list({ limit: 1 });
    await incomingPhoneNumbers.local.create({ phoneNumber: local?.phoneNumber ?? "" });
    expect(await incomingPhoneNumbers.list({ phoneNumber: "415" })).toHaveLength(1);
    expect(await incomingPhoneNumbers.local.list()).not.toHaveLength(0);
    expect(await incomingPhoneNumbers.mobile.list()).not.toHaveLength(0);
    expect(await incomingPhoneNumbers.tollFree.list()).toHaveLength(1);
    const changed = await incomingPhoneNumbers(byArea.sid).update({
      friendlyName: "New York",
      smsMethod: "GET",
    });
    expect(changed).toMatchObject({ friendlyName: "New York", smsMethod: "GET" });
    expect((await incomingPhoneNumbers(byArea.sid).fetch()).friendlyName).toBe("New York");
    expect(await incomingPhoneNumbers(byArea.sid).assignedAddOns.list()).toEqual([]);
    await incomingPhoneNumbers(byArea.sid).remove();
    await expect(incomingPhoneNumbers(byArea.sid).fetch()).rejects.toMatchObject(refusal(20404, 404));
  });

  test.each([
    [21421, { phoneNumber: "+1555" }],
    [21451, { areaCode: "011" }],
    [21452, { areaCode: "999" }],
    [21421, {}],
    [21615, { phoneNumber: "+493090182000" }],
    [21402, { phoneNumber: "+15125550188", smsUrl: "nowhere" }],
    [21406, { phoneNumber: "+15125550188", smsFallbackUrl: "https://example.com/f" }],
    [21403, { phoneNumber: "+15125550188", smsMethod: "PUT" }],
  ])("a number is refused with %i", async (code, purchase) => {
    await expect(sdk().incomingPhoneNumbers.create(purchase)).rejects.toMatchObject(refusal(code));
  });

  test("a second number of a trial account is refused in Twilio's words", async () => {
    await expect(sdk(beginner).incomingPhoneNumbers.create({ areaCode: "415" })).rejects.toMatchObject({
      ...refusal(21404),
      message: /Trial accounts are allowed only one Twilio number/,
    });
  });

  test("countries and what they sell", async () => {
    const { availablePhoneNumbers } = sdk();
    const countries = await availablePhoneNumbers.list();
    expect(countries.length).toBeGreaterThanOrEqual(15);
    expect(await availablePhoneNumbers("GB").fetch()).toMatchObject({ country: "United Kingdom" });
    const [number] = await availablePhoneNumbers("US").local.list({
      inRegion: "NY",
      smsEnabled: true,
      limit: 1,
    });
    expect(number).toMatchObject({
      locality: "New York",
      capabilities: { SMS: true, MMS: true, voice: true },
    });
    await expect(availablePhoneNumbers("FI").tollFree.list()).rejects.toMatchObject(refusal(20404, 404));
    await expect(availablePhoneNumbers("US").local.list({ contains: "**" })).rejects.toMatchObject(
      refusal(20001),
    );
  });
}
