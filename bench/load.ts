import twilio from "twilio";
import { shop } from "../test/support/people.ts";
import { textForm } from "../test/support/twilioForms.ts";
import { Wire, write, type Answer, type Asked } from "./wire.ts";

export type { Asked };

export interface Load {
  /** How many requests were answered. */
  count: number;
  perSecond: number;
  /** In milliseconds. */
  p50: number;
  p99: number;
}

/** Over a connection of its own. */
export async function fetchRaw(url: string, asked: Asked): Promise<Answer> {
  const wire = new Wire(url);
  try {
    return await wire.ask(asked);
  } finally {
    wire.close();
  }
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
    const wire = new Wire(url);
    while (performance.now() - startedAt < ms) {
      const asked = next();
      const askedAt = performance.now();
      const answer = await wire.ask(asked);
      times.push(performance.now() - askedAt);
      if (answer.status !== status) throw new Error(`${url} answered ${answer.status} instead of ${status}`);
    }
    wire.close();
  }
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - startedAt) / 1_000;
  return { count: times.length, perSecond: times.length / seconds, ...percentiles(times) };
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

/** Texts to the shop with new SIDs, signed for this address and written beforehand, so that the loader has little to do. */
export function signedTexts(url: string, count: number, { forged = false } = {}): () => Asked {
  const ready = Array.from({ length: count }, () => signedText(url, {}, forged));
  for (const text of ready) write(url, text);
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
    "x-twilio-signature": twilio.getExpectedTwilioSignature(token, `${url}/sms`, form),
  };
  return { path: "/sms", method: "POST", headers, body };
}
