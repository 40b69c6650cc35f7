import { createRequire } from "node:module";
import type twilio from "twilio";
import type { Findings, Task } from "./findings.ts";

type Sdk = typeof twilio;
interface HttpClient {
  request(options: { uri: string }): Promise<unknown>;
}

const require = createRequire(import.meta.url);

/** Lets one version of the Node SDK, by its package's name here, do the task. */
export async function askNode(version: string, task: Task): Promise<Findings> {
  const sdk = require(version) as Sdk;
  const client = (user: string, password: string, accountSid?: string) =>
    sdk(user, password, { httpClient: redirected(version, task.url) as never, accountSid });
  const own = client(task.accountSid, task.authToken);
  const { api, messages } = own;
  const account = await api.v2010.accounts(task.accountSid).fetch();
  const branch = await api.v2010.accounts.create({ friendlyName: "Branch" });
  const mediaUrl = ["https://example.com/a.png", "https://example.com/b.png"];
  const sent = await messages.create({ from: task.from, to: task.to, body: "Grüße & 1+1", mediaUrl });
  const feedback = await messages(sent.sid).feedback.create({ outcome: "confirmed" });
  const redacted = await messages(sent.sid).update({ body: "" });
  const ofTheDay = await messages.list({ dateSent: new Date(task.day), pageSize: 500 });
  const found = await own.availablePhoneNumbers("US").local.list({ contains: "415*******" });
  const trial = client(task.trialSid, task.trialToken).incomingPhoneNumbers;
  const made = await own.newKeys.create({ friendlyName: "Inbox" });
  const withKey = client(made.sid, made.secret, task.accountSid);
  const { url, form, signature } = task.webhook;
  return {
    accountName: account.friendlyName,
    ownerOfBranch: branch.ownerAccountSid,
    sent: { status: sent.status, body: sent.body, media: sent.numMedia },
    feedback: feedback.outcome,
    redacted: redacted.body,
    ofTheDay: ofTheDay.length,
    starsFit: found.length > 0 && found.every(({ phoneNumber }) => /415\d{7}$/.test(phoneNumber)),
    refusal: await refusalOf(trial.create({ areaCode: "415" })),
    keySees: (await withKey.messages.list({ limit: 3, pageSize: 3 })).length,
    keyIsRefused: (await refusalOf(withKey.api.v2010.accounts(task.accountSid).fetch())).status,
    country: (await own.lookups.v1.phoneNumbers(task.to).fetch()).countryCode,
    priceUnit: (await own.pricing.v1.messaging.countries("US").fetch()).priceUnit,
    serviceName: (await own.messaging.v1.services.create({ friendlyName: "Support" })).friendlyName,
    signatureHolds: sdk.validateRequest(task.authToken, signature, url, form),
  };
}

/** The SDK's own HTTP client, sent elsewhere. */
function redirected(version: string, url: string): HttpClient {
  const loaded = require(`${version}/lib/base/RequestClient`) as { default?: new () => HttpClient };
  const Client = loaded.default ?? (loaded as new () => HttpClient);
  const client = new Client();
  return {
    request(options) {
      const { hostname, pathname, search } = new URL(options.uri);
      const product = hostname.startsWith("api.") ? "" : `/${hostname.split(".")[0]}`;
      return client.request({ ...options, uri: `${url}${product}${pathname}${search}` });
    },
  };
}

async function refusalOf(call: Promise<unknown>): Promise<Findings["refusal"]> {
  try {
    await call;
  } catch (error) {
    const { code, status, message } = error as Findings["refusal"];
    return { code, status, message };
  }
  throw new Error("This should have been refused");
}
