import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { BadCredentials, TooLarge, TwilioRefused, TwilioUnreachable } from "../../src/models/errors.ts";
import { createTwilioApi } from "../../src/twilio/client.ts";
import { mayFollow, type MediaTerms } from "../../src/twilio/media.ts";
import { shop } from "../support/people.ts";

const wanted = { messageSid: `MM${"1".repeat(32)}`, sid: `ME${"2".repeat(32)}`, isFresh: false };
const open: { close: () => void }[] = [];
afterEach(() => open.splice(0).forEach(({ close }) => close()));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  open.push({ close: () => (server.close(), server.closeAllConnections()) });
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function read(apiUrl: string, terms: Partial<MediaTerms> = {}, isFresh = false) {
  const media = { timeoutMs: 150, mostBytes: 100, retryDelays: [5, 10], ...terms };
  const content = await createTwilioApi({ apiUrl, media }).fetchMedia(shop, { ...wanted, isFresh });
  return content && text(content);
}

test("the bytes come from where Twilio says, which hears no Auth Token", async () => {
  const heard: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    heard.push(request.headers.authorization?.split(" ")[0]);
    if (request.url === "/bytes") response.end("a picture");
    else response.writeHead(307, { Location: "/bytes" }).end();
  });
  expect(await read(url)).toBe("a picture");
  expect(heard).toEqual(["Basic", undefined]);
});

test.each([
  "http://169.254.169.254/latest/meta-data/",
  "https://192.168.1.1/",
  "https://evil.example/x.twilio.com",
  "https://twilio.com.evil.example/",
  "https://nottwilio.com/",
  "http://mms.twiliocdn.com/x",
  "https://mms.twiliocdn.com:8443/x",
  "https://name:word@mms.twiliocdn.com/x",
  "file:///etc/passwd",
  "",
])("a redirect to %j is not followed", async (location) => {
  const url = await serve((_, response) => void response.writeHead(302, { Location: location }).end());
  await expect(read(url)).rejects.toBeInstanceOf(TwilioRefused);
});

test("another server on this machine is foreign, too", async () => {
  let asked = 0;
  const other = await serve((_, response) => {
    asked += 1;
    response.end("secret");
  });
  const url = await serve((_, response) => void response.writeHead(302, { Location: other }).end());
  await expect(read(url)).rejects.toBeInstanceOf(TwilioRefused);
  expect(asked).toBe(0);
});

test("Twilio and where it stores things may be followed", () => {
  for (const url of [
    "https://media.twilio.com/x",
    "https://mms.twiliocdn.com/x?Signature=y",
    "https://s3-external-1.amazonaws.com/media.twiliocdn.com/x",
  ])
    expect(mayFollow(new URL(url), undefined)).toBe(true);
});

test("redirects in a circle come to an end", async () => {
  let count = 0;
  const url = await serve((_, response) => {
    count += 1;
    response.writeHead(302, { Location: "/again" }).end();
  });
  await expect(read(url)).rejects.toBeInstanceOf(TwilioRefused);
  expect(count).toBe(4);
});

test("more than may come is not read to its end", async () => {
  const url = await serve((_, response) => void response.end("x".repeat(101)));
  await expect(read(url)).rejects.toBeInstanceOf(TooLarge);
  expect(await read(await serve((_, response) => void response.end("x".repeat(100))))).toHaveLength(100);
});

test("a Twilio that says nothing, or stops in the middle, is given up", async () => {
  const silent = await serve(() => undefined);
  await expect(read(silent)).rejects.toBeInstanceOf(TwilioUnreachable);
  const stopping = await serve((_, response) => void response.write("half a pic"));
  await expect(read(stopping)).rejects.toBeInstanceOf(TwilioUnreachable);
});

test("one that drips is given up, too", async () => {
  const url = await serve((_, response) => {
    const dripping = setInterval(() => response.write("x"), 10);
    response.on("close", () => clearInterval(dripping));
  });
  await expect(read(url, { timeoutMs: 30, mostBytes: 10_000 })).rejects.toBeInstanceOf(TwilioUnreachable);
});

test("what Twilio does not have yet is asked for again, if it has just come", async () => {
  let count = 0;
  const url = await serve((_, response) => {
    count += 1;
    if (count < 3) response.writeHead(404).end();
    else response.end("late");
  });
  expect(await read(url)).toBeUndefined();
  expect(await read(url, {}, true)).toBe("late");
});

test("a refused token, a busy and a broken Twilio have names", async () => {
  const answering = (status: number) => serve((_, response) => void response.writeHead(status).end("no"));
  await expect(read(await answering(401))).rejects.toBeInstanceOf(BadCredentials);
  await expect(read(await answering(429))).rejects.toThrow("busy");
  await expect(read(await answering(503))).rejects.toBeInstanceOf(TwilioUnreachable);
});
