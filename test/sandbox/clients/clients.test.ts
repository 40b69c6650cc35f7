import { expect, test } from "vitest";
import { anna, beginner, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { webhook } from "../../support/webhook.ts";
import { useSandbox } from "../useSandbox.ts";
import type { Findings, Task } from "./findings.ts";
import { askNode } from "./node.ts";
import { askPython, python } from "./python.ts";

const use = useSandbox();
const messagesPerDay = 1_440;

// From the one that still posted multipart forms to the one that Parley uses.
const versions = ["twilio-3-17", "twilio-3", "twilio-4", "twilio-5", "twilio"];
const clients: [name: string, ask: (task: Task) => Promise<Findings>][] = versions.map((version) => [
  version,
  (task) => askNode(version, task),
]);
if (python === undefined) console.info("Twilio's Python library is not on this machine, and is left out.");
else clients.push(["python3-twilio", (task) => askPython(python ?? "", task)]);

/** A webhook of the sandbox's as it came in. */
async function webhookTold(): Promise<Task["webhook"]> {
  const hook = await webhook();
  const form = { MessageSid: `SM${"0".repeat(32)}`, Body: "Grüße & 1+1", Empty: "" };
  const url = `${hook.url}/sms?shop=1`;
  await use.control("POST", "webhooks", { accountSid: shop.accountSid, url, form });
  const [request] = hook.received;
  await hook.close();
  return { url, form, signature: String(request?.headers["x-twilio-signature"]) };
}

test.each(clients)("%s uses it unchanged", { timeout: 60_000 }, async (name, ask) => {
  const seed = shopSeed();
  Object.assign(seed.accounts[0] ?? {}, { messages: [], history: { messages: 2 * messagesPerDay } });
  await use.reopen({ seed });
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  const findings = await ask({
    ...{ url: use.sandbox.url, from: shopNumber, to: anna },
    ...{ accountSid: shop.accountSid, authToken: shop.authToken },
    ...{ trialSid: beginner.accountSid, trialToken: beginner.authToken },
    day: `${yesterday.slice(0, 10)}T00:00:00Z`,
    webhook: await webhookTold(),
  });
  const words = "Trial accounts are allowed only one Twilio number.";
  // The Python library adds these words by itself.
  const begins = name.startsWith("python") ? `Unable to create record: ${words}` : words;
  expect(findings).toEqual({
    accountName: "Walnut & Sons",
    ownerOfBranch: shop.accountSid,
    sent: { status: "queued", body: "Grüße & 1+1", media: "2" },
    feedback: "confirmed",
    redacted: "",
    ofTheDay: messagesPerDay,
    starsFit: true,
    refusal: { code: 21404, status: 400, message: expect.stringMatching(new RegExp(`^${begins}`)) as string },
    keySees: 3,
    keyIsRefused: 401,
    country: "US",
    priceUnit: "USD",
    serviceName: "Support",
    signatureHolds: true,
  });
});
