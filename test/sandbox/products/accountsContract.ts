import { expect, test } from "vitest";
import { anna, ben, newcomer, shop } from "../../support/people.ts";
import { refusal, unknown, type Wire } from "./wire.ts";

export function accountContract({ sdk }: Wire): void {
  test("accounts", async () => {
    const { api } = sdk();
    expect(await api.v2010.accounts(shop.accountSid).fetch()).toMatchObject({
      friendlyName: "Walnut & Sons",
    });
    expect(await api.v2010.accounts.list({ status: "active" })).toHaveLength(1);
    await expect(api.v2010.accounts(unknown("AC")).fetch()).rejects.toMatchObject(refusal(20404, 404));
    const stranger = sdk({ ...shop, authToken: "wrong" });
    await expect(stranger.messages.list()).rejects.toMatchObject(refusal(20003, 401));
  });

  test("subaccounts, keys, applications and addresses are made, listed, changed and removed", async () => {
    const { api, newKeys, keys, applications, addresses } = sdk();
    const branch = await api.v2010.accounts.create({ friendlyName: "Branch" });
    expect(await api.v2010.accounts(branch.sid).update({ status: "suspended" })).toMatchObject({
      ownerAccountSid: shop.accountSid,
      status: "suspended",
    });
    const made = await newKeys.create({ friendlyName: "Inbox" });
    expect(made.secret).toHaveLength(32);
    expect(await keys(made.sid).update({ friendlyName: "Outbox" })).toMatchObject({ friendlyName: "Outbox" });
    expect(await keys(made.sid).fetch()).toMatchObject({ friendlyName: "Outbox" });
    expect(await keys.list()).toHaveLength(1);
    await keys(made.sid).remove();
    await expect(keys(made.sid).fetch()).rejects.toMatchObject(refusal(20404, 404));
    await expect(newKeys.create({ friendlyName: "x".repeat(65) })).rejects.toMatchObject(refusal(70001));
    const application = await applications.create({ friendlyName: "Bot", smsUrl: "https://example.com/in" });
    expect(await applications(application.sid).update({ smsMethod: "GET" })).toMatchObject({
      smsMethod: "GET",
    });
    expect(await applications(application.sid).fetch()).toMatchObject({ smsUrl: "https://example.com/in" });
    expect(await applications.list({ friendlyName: "Bot" })).toHaveLength(1);
    await applications(application.sid).remove();
    await expect(applications(application.sid).fetch()).rejects.toMatchObject(refusal(20404, 404));
    const walnut = { customerName: "Walnut & Sons", street: "1 Main St", city: "Berlin" };
    const home = { ...walnut, region: "Berlin", postalCode: "10115", isoCountry: "DE" };
    const address = await addresses.create(home);
    expect(await addresses(address.sid).update({ city: "Potsdam" })).toMatchObject({ city: "Potsdam" });
    expect(await addresses(address.sid).fetch()).toMatchObject({
      isoCountry: "DE",
      customerName: "Walnut & Sons",
    });
    expect(await addresses.list({ isoCountry: "DE" })).toHaveLength(1);
    const [free] = await sdk().availablePhoneNumbers("DE").local.list({ limit: 1 });
    const phoneNumber = free?.phoneNumber ?? "";
    const { incomingPhoneNumbers } = sdk();
    const elsewhere = `AD${"0".repeat(32)}`;
    await expect(incomingPhoneNumbers.create({ phoneNumber, addressSid: elsewhere })).rejects.toMatchObject(
      refusal(21615),
    );
    const { sid } = await incomingPhoneNumbers.create({ phoneNumber, addressSid: address.sid });
    await incomingPhoneNumbers(sid).remove();
    await addresses(address.sid).remove();
    await expect(addresses(address.sid).fetch()).rejects.toMatchObject(refusal(20404, 404));
  });

  test("caller IDs are verified, named and removed", async () => {
    const { outgoingCallerIds, validationRequests } = sdk();
    const request = await validationRequests.create({ phoneNumber: ben, friendlyName: "Ben" });
    expect(request.validationCode).toMatch(/^\d{6}$/);
    const [callerId] = await outgoingCallerIds.list({ phoneNumber: ben });
    const sid = callerId?.sid ?? "";
    expect(await outgoingCallerIds(sid).update({ friendlyName: "Benjamin" })).toMatchObject({
      friendlyName: "Benjamin",
    });
    expect(await outgoingCallerIds(sid).fetch()).toMatchObject({ phoneNumber: ben });
    await expect(validationRequests.create({ phoneNumber: ben })).rejects.toMatchObject(refusal(21450));
    await outgoingCallerIds(sid).remove();
  });

  test("balance and usage are computed from what was really sent", async () => {
    const { balance, usage, messages } = sdk(newcomer);
    expect(await balance.fetch()).toMatchObject({ balance: "100.00", currency: "USD" });
    const { incomingPhoneNumbers } = sdk(newcomer);
    const { phoneNumber } = await incomingPhoneNumbers.create({ areaCode: "512" });
    const { sid } = await messages.create({ from: phoneNumber, to: anna, body: "x".repeat(161) });
    await expect.poll(async () => (await messages(sid).fetch()).status).toBe("delivered");
    expect((await balance.fetch()).balance).toBe("98.83");
    const today = await usage.records.today.list();
    const sms = today.find(({ category }) => category === "sms-outbound");
    expect(sms).toMatchObject({ count: "1", price: "0.01660" });
    expect(
      await usage.records.daily.list({ category: "sms", startDate: new Date(Date.now() - 2 * 86_400_000) }),
    ).toHaveLength(3);
    const { records } = usage;
    const totals = [
      await records.list({ category: "totalprice" }),
      await records.allTime.list({ category: "totalprice" }),
      await records.lastMonth.list({ category: "totalprice" }),
      await records.monthly.list({ category: "totalprice" }),
      await records.thisMonth.list({ category: "totalprice" }),
      await records.yearly.list({ category: "totalprice" }),
      await records.yesterday.list({ category: "totalprice" }),
    ];
    expect(totals.map((each) => each.length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });
}
