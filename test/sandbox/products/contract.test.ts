import twilio from "twilio";
import RequestClient from "twilio/lib/base/RequestClient.js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/server.ts";
import { createTwilioApi } from "../../../src/twilio/client.ts";
import {
  anna,
  beginner,
  ben,
  londonNumber,
  newcomer,
  shop,
  shopNumber,
  shopSeed,
} from "../../support/people.ts";
import { tap } from "../../support/tap.ts";
import { Contract } from "./contract.ts";
import { operations } from "./operations.ts";

let contract: Contract;
let sandbox: Sandbox;
let wire: Awaited<ReturnType<typeof tap>>;

beforeAll(async () => {
  contract = await Contract.read();
  sandbox = await startSandbox({ seed: shopSeed(), timing: { queuedMs: 5, sentMs: 5 } });
  wire = await tap(sandbox.url);
}, 60_000);

afterEach(() => {
  const violations = wire.exchanges.splice(0).flatMap((exchange) => contract.check(exchange));
  expect([...new Set(violations)]).toEqual([]);
});

afterAll(async () => {
  await wire.close();
  await sandbox.close();
  const responses = [...contract.seen.values()].reduce((sum, count) => sum + count, 0);
  console.info(
    `Contract: ${contract.seen.size} operations and ${responses + contract.errors} responses (${contract.errors} errors) as Twilio describes them.`,
  );
});

/** The official SDK, sent to the sandbox. */
class Redirected extends RequestClient {
  override async request<T>(options: RequestClient.RequestOptions<T>) {
    const { hostname, pathname, search } = new URL(options.uri);
    const product = hostname.split(".")[0] ?? "";
    const uri = `${wire.url}${product === "api" ? "" : `/${product}`}${pathname}${search}`;
    return super.request<T>({ ...options, uri });
  }
}
const sdk = ({ accountSid, authToken } = shop) =>
  twilio(accountSid, authToken, { httpClient: new Redirected({}) });

const refusal = (code: number, status = 400) => ({ code, status });
const unknown = (prefix: string) => prefix + "0".repeat(32);

test("accounts", async () => {
  const { api } = sdk();
  expect(await api.v2010.accounts(shop.accountSid).fetch()).toMatchObject({ friendlyName: "Walnut & Sons" });
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
    { to: anna, from: shopNumber, body: "Hi", mediaUrl: Array<string>(11).fill("https://example.com/a.png") },
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
  const { message } = await sandbox.world.phoneTexts({
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
  expect(number).toMatchObject({ locality: "New York", capabilities: { SMS: true, MMS: true, voice: true } });
  await expect(availablePhoneNumbers("FI").tollFree.list()).rejects.toMatchObject(refusal(20404, 404));
  await expect(availablePhoneNumbers("US").local.list({ contains: "**" })).rejects.toMatchObject(
    refusal(20001),
  );
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

test("prices of numbers and messages", async () => {
  const { pricing } = sdk();
  expect(await pricing.v1.phoneNumbers.countries.list({ limit: 100, pageSize: 10 })).toHaveLength(20);
  expect((await pricing.v1.phoneNumbers.countries("US").fetch()).phoneNumberPrices).toHaveLength(2);
  expect(await pricing.v1.messaging.countries.list()).toHaveLength(20);
  expect(await pricing.v1.messaging.countries("US").fetch()).toMatchObject({ priceUnit: "USD" });
  expect(await pricing.v1.voice.countries.list()).toHaveLength(20);
  expect(await pricing.v1.voice.countries("GB").fetch()).toMatchObject({ country: "United Kingdom" });
  expect(await pricing.v1.voice.numbers(anna).fetch()).toMatchObject({ isoCountry: "US", priceUnit: "USD" });
  await expect(pricing.v1.messaging.countries("XX").fetch()).rejects.toMatchObject(refusal(20404, 404));
});

test("services and their senders", async () => {
  const { services } = sdk().messaging.v1;
  const service = await services.create({
    friendlyName: "Support",
    inboundRequestUrl: "https://example.com/in",
  });
  expect(await services(service.sid).update({ stickySender: false })).toMatchObject({ stickySender: false });
  expect(await services(service.sid).fetch()).toMatchObject({ inboundRequestUrl: "https://example.com/in" });
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
  expect(await old(anna).fetch({ type: ["carrier"] })).toMatchObject({ countryCode: "US", callerName: null });
  await expect(old("12345").fetch()).rejects.toMatchObject(refusal(20404, 404));
});

test("alerts tell of webhooks that failed", async () => {
  const [number] = await sdk().incomingPhoneNumbers.list({ phoneNumber: shopNumber });
  await sdk()
    .incomingPhoneNumbers(number?.sid ?? "")
    .update({ smsUrl: `${sandbox.url}/nowhere` });
  const { message } = await sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "Anyone?" });
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

test("every request that Parley makes is one of Twilio's", async () => {
  const api = createTwilioApi({ apiUrl: wire.url });
  await api.fetchAccount(shop);
  await api.listNumbers(shop);
  const text = {
    twilioNumber: shopNumber,
    target: anna,
    body: "Hi",
    statusCallback: "https://example.com/s",
  };
  const sent = await api.sendMessage(shop, text);
  await api.fetchMessage(shop, sent.sid);
  const page = await api.listMessages(shop, { pageSize: 1, sentAfter: new Date(0), sentBefore: new Date() });
  if (page.nextPage) await api.listMessages(shop, { page: page.nextPage });
  await api.listMessages(shop, { pageSize: 1, from: shopNumber, to: anna });
  await api.listCountries(shop);
  const [free] = await api.listAvailable(shop, { country: "US" });
  await api.buyNumber(shop, free?.phoneNumber ?? "", "https://example.com/sms");
  expect(wire.exchanges.length).toBeGreaterThanOrEqual(10);
});

test("5,000 messages come page by page, each once", async () => {
  const seed = {
    accounts: [
      {
        sid: shop.accountSid,
        authToken: shop.authToken,
        numbers: [{ phoneNumber: shopNumber }],
        history: { messages: 5_000 },
      },
    ],
  };
  const large = await startSandbox({ seed });
  const through = await tap(large.url);
  const { url } = wire;
  wire.url = through.url;
  try {
    const listed = await sdk().messages.list({ pageSize: 1_000, limit: 10_000 });
    expect(new Set(listed.map(({ sid }) => sid)).size).toBe(5_000);
    expect(through.exchanges).toHaveLength(5);
    expect(through.exchanges.flatMap((exchange) => contract.check(exchange))).toEqual([]);
  } finally {
    wire.url = url;
    await through.close();
    await large.close();
  }
});

test("no operation of the sandbox is left unchecked", () => {
  expect([...contract.seen.keys()].toSorted()).toEqual(expect.arrayContaining(operations));
});
