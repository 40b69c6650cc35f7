import { createServer, get } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/server.ts";
import { anna, beginner, ben, shop, shopNumber, shopSeed } from "../support/people.ts";
import { serve } from "../support/localServer.ts";
import { webhook } from "../support/webhook.ts";

const testToken = "7e".repeat(16);
const quick = { queuedMs: 1, sentMs: 1 };

let sandbox: Sandbox;
const open = async (options: SandboxOptions = {}) => {
  await sandbox.close();
  sandbox = await startSandbox({ seed: shopSeed(), timing: quick, ...options });
};
beforeEach(async () => {
  sandbox = await startSandbox({ seed: shopSeed(), timing: quick });
});
afterEach(() => sandbox.close());

interface Caller {
  accountSid: string;
  authToken: string;
}

const authorization = ({ accountSid, authToken }: Caller) =>
  `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;

async function call(method: string, path: string, form: Record<string, string> = {}, caller: Caller = shop) {
  const answer = await fetch(
    `${sandbox.url}${path.startsWith("/") ? path : `/2010-04-01/Accounts/${caller.accountSid}/${path}`}`,
    {
      method,
      headers: { Authorization: authorization(caller) },
      body: method === "POST" ? new URLSearchParams(form) : null,
      redirect: "manual",
    },
  );
  const body = answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
  return { status: answer.status, body, code: body.code, headers: answer.headers };
}

const send = (to: string, body = "Hi", more: Record<string, string> = {}) =>
  call("POST", "Messages.json", { From: shopNumber, To: to, Body: body, ...more });
const text = (body: string, from = anna, to = shopNumber) => sandbox.world.phoneTexts({ from, to, body });
const statusOf = async (sid: unknown) => (await call("GET", `Messages/${String(sid)}.json`)).body.status;

describe("opting out", () => {
  test.each(["STOP", " stop ", "StopAll", "UNSUBSCRIBE", "cancel", "End", "quit", "REVOKE", "OptOut"])(
    "%j blocks the pair until START",
    async (word) => {
      await text(word);
      expect((await send(anna)).code).toBe(21610);
      expect((await send(ben)).status).toBe(201);
      await text("UNSTOP");
      expect((await send(anna)).status).toBe(201);
    },
  );

  test("a word within a sentence blocks nobody", async () => {
    await text("please stop by at 5");
    expect((await send(anna)).status).toBe(201);
  });

  test("Twilio answers by itself, once, and keeps it out of the log unless told otherwise", async () => {
    const account = sandbox.world.accounts.get(shop.accountSid);
    await text("STOP");
    await text("STOP");
    await text("HELP");
    expect(account?.autoReplies.map(({ to }) => to)).toEqual([anna]);
    await open({ seed: { ...shopSeed(), unverified: { autoRepliesLogged: true } } });
    await text("HELP");
    expect(sandbox.world.messages(shop.accountSid)[0]).toMatchObject({
      direction: "outbound-reply",
      to: anna,
    });
  });

  test("toll-free numbers know no YES", async () => {
    const seed = shopSeed();
    seed.accounts[0]?.numbers?.push({ phoneNumber: "+18335550123" });
    await open({ seed });
    await text("STOP", anna, "+18335550123");
    await text("YES", anna, "+18335550123");
    const sent = await call("POST", "Messages.json", { From: "+18335550123", To: anna, Body: "Hi" });
    expect(sent.code).toBe(21610);
  });
});

describe("a Messaging Service", () => {
  async function service(fields: Record<string, string>): Promise<string> {
    const made = await call("POST", "/messaging/v1/Services", { FriendlyName: "Support", ...fields });
    const sid = String(made.body.sid);
    const numbers = await call("GET", "IncomingPhoneNumbers.json");
    const [number] = numbers.body.incoming_phone_numbers as { sid: string }[];
    await call("POST", `/messaging/v1/Services/${sid}/PhoneNumbers`, { PhoneNumberSid: number?.sid ?? "" });
    return sid;
  }

  test("without a webhook of its own receives nothing and logs nothing", async () => {
    await service({});
    const { message } = await text("Into the void");
    expect((await call("GET", `Messages/${message.sid}.json`)).status).toBe(404);
  });

  test("tells its own webhook, not the number's, unless it says so", async () => {
    const [own, number] = [await webhook(), await webhook()];
    const account = sandbox.world.accounts.get(shop.accountSid);
    Object.assign(account?.numberFor(shopNumber)?.settings ?? {}, { SmsUrl: number.url });
    const sid = await service({ InboundRequestUrl: own.url });
    await text("To the service");
    await call("POST", `/messaging/v1/Services/${sid}`, { UseInboundWebhookOnNumber: "true" });
    await text("To the number");
    expect(own.received.map(({ form }) => form.get("MessagingServiceSid"))).toEqual([sid]);
    expect(number.received.map(({ form }) => form.get("Body"))).toEqual(["To the number"]);
    await Promise.all([own.close(), number.close()]);
  });

  test("accepts first, then picks a sender, and is opted out of as a whole", async () => {
    const sid = await service({ UseInboundWebhookOnNumber: "true" });
    const made = await call("POST", "Messages.json", { MessagingServiceSid: sid, To: anna, Body: "Hi" });
    expect(made.body).toMatchObject({ status: "accepted", from: null, num_segments: "0" });
    await expect.poll(() => statusOf(made.body.sid)).toBe("delivered");
    expect((await call("GET", `Messages/${String(made.body.sid)}.json`)).body.from).toBe(shopNumber);
    await text("STOP");
    const refused = await call("POST", "Messages.json", { MessagingServiceSid: sid, To: anna, Body: "Hi" });
    await expect.poll(() => statusOf(refused.body.sid)).toBe("failed");
  });
});

describe("pictures", () => {
  const picture = Buffer.from("89504e470d0a1a0a", "hex");

  test("are behind a signed address that refuses credentials", async () => {
    const media = [{ contentType: "image/png", content: picture }];
    const { message } = await sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "", media });
    const path = `/2010-04-01/Accounts/${shop.accountSid}/Messages/${message.sid}/Media/${message.media[0]?.sid}`;
    const asked = (caller: Caller) =>
      fetch(sandbox.url + path, { headers: { Authorization: authorization(caller) }, redirect: "manual" });
    expect((await fetch(sandbox.url + path, { redirect: "manual" })).status).toBe(401);
    expect((await asked(beginner)).status).toBe(404);
    const { status, headers } = await asked(shop);
    expect(status).toBe(307);
    const signed = sandbox.url + (headers.get("location") ?? "");
    const bytes = await fetch(signed);
    expect(bytes.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(picture);
    expect((await fetch(signed, { headers: { Authorization: authorization(shop) } })).status).toBe(400);
    expect((await fetch(signed.replace(/signature=.*/, "signature=forged"))).status).toBe(403);
  });

  test("are fetched from the sender's address before the message leaves", async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.url === "/a.png" ? 200 : 404, { "Content-Type": "image/png" });
      response.end(picture);
    });
    const good = await send(anna, "", { MediaUrl: `${url}/a.png` });
    expect(good.body).toMatchObject({ num_media: "1", sid: expect.stringMatching(/^MM/) as string });
    await expect.poll(() => statusOf(good.body.sid)).toBe("delivered");
    const bad = await send(anna, "", { MediaUrl: `${url}/missing.png` });
    await expect.poll(() => statusOf(bad.body.sid)).toBe("failed");
  });
});

describe("trial accounts and test credentials", () => {
  test("a trial account of today sends Twilio's templates only", async () => {
    const seed = shopSeed();
    Object.assign(seed.accounts[1] ?? {}, { trial: "current" });
    await open({ seed });
    const from = { From: "+14155550123", To: anna };
    expect((await call("POST", "Messages.json", { ...from, Body: "Hi" }, beginner)).code).toBe(572006);
    const sent = await call("POST", "Messages.json", { ...from, Body: "sms_2fa" }, beginner);
    expect(sent.body.body).toBe("sms_2fa");
  });

  test.each([
    [21212, "+15005550001", anna],
    [21606, "+15005550007", anna],
    [21611, "+15005550008", anna],
    [21606, shopNumber, anna],
    [21211, "+15005550006", "+15005550001"],
    [21612, "+15005550006", "+15005550002"],
    [21408, "+15005550006", "+15005550003"],
    [21610, "+15005550006", "+15005550004"],
    [21614, "+15005550006", "+15005550009"],
    [undefined, "+15005550006", anna],
  ])("test credentials get %s for %s to %s and nothing is kept", async (code, From, To) => {
    const seed = shopSeed();
    Object.assign(seed.accounts[0] ?? {}, { testAuthToken: testToken });
    await open({ seed });
    const before = sandbox.world.messages(shop.accountSid).length;
    const tester = { ...shop, authToken: testToken };
    const sent = await call("POST", "Messages.json", { From, To, Body: "Hi" }, tester);
    expect([sent.code, sent.status]).toEqual([code, code === 21611 ? 429 : code ? 400 : 201]);
    expect(sandbox.world.messages(shop.accountSid)).toHaveLength(before);
    expect((await call("GET", "Messages.json", {}, tester)).code).toBe(20008);
  });

  test.each([
    [21422, { PhoneNumber: "+15005550000" }],
    [21421, { PhoneNumber: "+15005550001" }],
    [21452, { AreaCode: "533" }],
    [undefined, { PhoneNumber: "+15005550006" }],
    [undefined, { AreaCode: "500" }],
  ])("buying with test credentials gets %s for %j and buys nothing", async (code, form) => {
    const seed = shopSeed();
    Object.assign(seed.accounts[0] ?? {}, { testAuthToken: testToken });
    await open({ seed });
    const tester = { ...shop, authToken: testToken };
    expect(
      (await call("POST", "IncomingPhoneNumbers.json", form as Record<string, string>, tester)).code,
    ).toBe(code);
    expect(sandbox.world.accounts.get(shop.accountSid)?.numbers.size).toBe(2);
  });
});

test("a sender sends no faster than Twilio lets it, and is refused when ten hours are waiting", async () => {
  await open({ timing: { ...quick, senderRates: true } });
  const { queue } = sandbox.world.sending;
  expect([queue.turn("+15012222222", anna, 2), queue.turn("+15012222222", anna, 1)]).toEqual([
    0,
    expect.closeTo(2_000, -2) as number,
  ]);
  queue.turn(shopNumber, anna, 36_100);
  expect((await send(anna)).code).toBe(21611);
});

test("each account sees its own only", async () => {
  const { body } = await send(anna);
  const foreign = `/2010-04-01/Accounts/${beginner.accountSid}/Messages/${String(body.sid)}.json`;
  expect((await call("GET", foreign, {}, beginner)).status).toBe(404);
  expect((await call("GET", foreign)).status).toBe(404);
  expect((await call("GET", "/2010-04-01/Accounts.json", {}, beginner)).body.accounts).toHaveLength(1);
});

test("the log is by the time of sending, and pages lead back as well as on", async () => {
  await open({ timing: { queuedMs: 1_100, sentMs: 1 } });
  const { body: late } = await send(anna, "Queued first");
  const { message } = await text("Arrived meanwhile");
  await expect.poll(() => statusOf(late.sid), { timeout: 5_000 }).toBe("delivered");
  const list = async (path: string) => {
    const { body } = await call("GET", path);
    return { sids: (body.messages as { sid: string }[]).map(({ sid }) => sid), body };
  };
  const first = await list("Messages.json?PageSize=1");
  expect(first.sids).toEqual([late.sid]);
  const second = await list(String(first.body.next_page_uri));
  expect(second.sids).toEqual([message.sid]);
  const third = await list(String(second.body.next_page_uri));
  expect((await list(String(third.body.previous_page_uri))).sids).toEqual(second.sids);
});

test("a number is bought as E.164, and another account's is not for sale however it is written", async () => {
  const foreign = await call("POST", "IncomingPhoneNumbers.json", { PhoneNumber: "+1 (415) 555-0123" });
  expect([foreign.status, foreign.code]).toEqual([400, 21422]);
});

test("the paths are as strict as Twilio's, and a wrong page is refused", async () => {
  expect((await call("GET", "messages.json")).status).toBe(404);
  expect((await call("GET", "Messages.json?PageSize=1001")).code).toBe(20007);
  expect((await call("GET", "Messages.json?PageToken=PAnothing")).code).toBe(21481);
  expect((await call("GET", "Messages.json?DateSent=yesterday")).code).toBe(20001);
});

test("searches find what the filters say", async () => {
  const search = async (query: string, kind = "Local", country = "US") => {
    const { body } = await call("GET", `AvailablePhoneNumbers/${country}/${kind}.json?${query}`);
    return (body.available_phone_numbers ?? body.code) as { phone_number: string; region: string }[];
  };
  const regions = async (query: string) => [...new Set((await search(query)).map(({ region }) => region))];
  expect(await regions("InPostalCode=78701")).toEqual(["TX"]);
  expect(await regions("InRateCenter=DENVER&InLata=656")).toEqual(["CO"]);
  expect(await regions("NearLatLong=37.8,-122.4&Distance=50")).toEqual(["CA"]);
  expect(await regions("NearNumber=%2B15014434496")).toEqual(["AR"]);
  expect(await search("NearLatLong=0,0")).toEqual([]);
  expect(await search("InRateCenter=DENVER")).toBe(20001);
  const [first] = await search("AreaCode=415");
  const last = first?.phone_number.slice(-4) ?? "";
  expect((await search(`Contains=${last}$`)).every(({ phone_number }) => phone_number.endsWith(last))).toBe(
    true,
  );
  expect(
    (await search("Contains=%2B1415")).every(({ phone_number }) => phone_number.startsWith("+1415")),
  ).toBe(true);
  const [spelled] = await search("Contains=JKL", "TollFree");
  if (spelled) expect(spelled.phone_number).toContain("555");
  expect(await search("FaxEnabled=true")).toEqual([]);
  expect(await search("FaxEnabled=false")).not.toEqual([]);
  expect(await search("ExcludeLocalAddressRequired=true", "Local", "DE")).toEqual([]);
  expect(await search("MmsEnabled=true", "Mobile", "GB")).toEqual([]);
});

test("a page that points its own name here reads nothing", async () => {
  const { port } = new URL(sandbox.url);
  const status = await new Promise((resolve, reject) => {
    const options = { port, path: "/_sandbox/log", headers: { host: "evil.example" } };
    get(options, (answer) => resolve(answer.resume().statusCode)).on("error", reject);
  });
  expect(status).toBe(421);
});

test("it listens on this machine only, unless told otherwise", async () => {
  expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  const { port } = new URL(sandbox.url);
  const taken = createServer();
  const failed = new Promise((resolve) => taken.once("error", resolve));
  taken.listen(Number(port), "127.0.0.1");
  await failed;
  const everywhere = await startSandbox({ host: "0.0.0.0" });
  expect((await fetch(everywhere.url)).status).toBe(200);
  await everywhere.close();
});
