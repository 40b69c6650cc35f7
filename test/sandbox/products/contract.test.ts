import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/server.ts";
import { createTwilioApi } from "../../../src/twilio/client.ts";
import { anna, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { tap } from "../../support/tap.ts";
import { accountContract } from "./accountsContract.ts";
import { Contract } from "./contract.ts";
import { messageContract } from "./messagesContract.ts";
import { numberContract } from "./numbersContract.ts";
import { operations } from "./operations.ts";
import { productContract } from "./productContract.ts";
import { sdkAt } from "./wire.ts";

let contract: Contract;
let sandbox: Sandbox;
let wire: Awaited<ReturnType<typeof tap>>;
const sdk = sdkAt(() => wire.url);

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

// In one file, since they are checked as a whole in the end.
const shared = { sdk, sandbox: () => sandbox };
accountContract(shared);
messageContract(shared);
numberContract(shared);
productContract(shared);

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
