import { once } from "node:events";
import { Agent, request as ask, type IncomingMessage } from "node:http";
import twilio from "twilio";
import { shop } from "../test/support/people.ts";
import { textForm } from "../test/support/twilioForms.ts";

const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });

export interface Asked {
  path: string;
  method?: string;
  headers?: Record<string, string | number>;
  body?: string;
}

export interface Load {
  perSecond: number;
  /** In milliseconds. */
  p50: number;
  p99: number;
}

/** Answered status and how many bytes came. */
export async function fetchRaw(url: string, asked: Asked): Promise<{ status: number; bytes: number }> {
  const { path, method = "GET", headers = {}, body } = asked;
  const request = ask(url + path, { method, agent, headers });
  request.end(body);
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  return { status: answer.statusCode ?? 0, bytes };
}

/** Asks over so many connections for so long, one after the other on each. Throws for another status than this. */
export async function load(
  url: string,
  next: () => Asked,
  { connections, ms, status = 200 }: { connections: number; ms: number; status?: number },
): Promise<Load> {
  const times: number[] = [];
  const startedAt = performance.now();
  async function connection(): Promise<void> {
    while (performance.now() - startedAt < ms) {
      const askedAt = performance.now();
      const answer = await fetchRaw(url, next());
      times.push(performance.now() - askedAt);
      if (answer.status !== status) throw new Error(`${url} answered ${answer.status} instead of ${status}`);
    }
  }
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - startedAt) / 1_000;
  return { perSecond: times.length / seconds, ...percentiles(times) };
}

export function percentiles(times: number[]): { p50: number; p99: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

export function median(values: number[]): number {
  return percentiles(values).p50;
}

let texts = 0;

/** Texts to the shop with new SIDs, signed for this address beforehand, so that the loader has little to do. */
export function signedTexts(url: string, count: number, { forged = false } = {}): () => Asked {
  const ready = Array.from({ length: count }, () => signedText(url, {}, forged));
  return () => ready.pop() ?? signedText(url, {}, forged);
}

export function signedText(url: string, fields: Record<string, string> = {}, forged = false): Asked {
  texts += 1;
  const form = {
    ...textForm({ Body: `Hello, this is number ${texts}`, ...fields }),
    MessageSid: `SM${texts.toString(16).padStart(32, "0")}`,
    From: fields.From ?? `+1501208${1_000 + (texts % 500)}`,
  };
  const token = forged ? "not the token" : shop.authToken;
  const body = new URLSearchParams(form).toString();
  const headers = {
    "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
    "content-length": Buffer.byteLength(body),
    "x-twilio-signature": twilio.getExpectedTwilioSignature(token, `${url}/sms`, form),
  };
  return { path: "/sms", method: "POST", headers, body };
}
