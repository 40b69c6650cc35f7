import { randomUUID } from "node:crypto";
import { sign } from "./signature.ts";

/** One webhook request and its answer. */
export interface Delivery {
  url: string;
  form: Record<string, string>;
  headers: Record<string, string>;
  /** HTTP status of the answer; 0 when there was none. */
  status: number;
  contentType: string;
  body: string;
}

export interface DeliveryOptions {
  /** Aborts everything when the sandbox closes. */
  closing: AbortSignal;
  wrongSignature?: boolean;
}

const longestMs = 15_000;

/** Posts a signed form the way Twilio does: overrides after `#` count but are neither sent nor signed, fifteen seconds at most. */
export async function post(
  authToken: string,
  target: string,
  form: Record<string, string>,
  options: DeliveryOptions,
): Promise<Delivery> {
  const [url = "", fragment = ""] = target.split("#");
  const overrides = new URLSearchParams(fragment);
  const retries = bounded(overrides.get("rc"), 1, 0, 5);
  const deadline = Date.now() + bounded(overrides.get("tt"), longestMs, 100, longestMs);
  const signature = sign(options.wrongSignature ? `${authToken}!` : authToken, url, form);
  const headers = headersWith(signature);
  for (let attempt = 0; ; attempt += 1) {
    const limit = Math.min(bounded(overrides.get("rt"), longestMs, 100, longestMs), deadline - Date.now());
    const delivery = await once(
      url,
      form,
      headers,
      AbortSignal.any([options.closing, AbortSignal.timeout(Math.max(limit, 1))]),
    );
    const again = attempt < retries && Date.now() < deadline && !options.closing.aborted;
    if (!again || !mayRetry(delivery, overrides.get("rp") ?? "ct")) return delivery;
  }
}

function headersWith(signature: string): Record<string, string> {
  return {
    "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    "User-Agent": "TwilioProxy/1.1",
    // The same for every retry of one delivery.
    "I-Twilio-Idempotency-Token": randomUUID(),
    "X-Twilio-Signature": signature,
  };
}

function mayRetry({ status, body }: Delivery, policy: string): boolean {
  if (policy.includes("all")) return status === 0 || status >= 400;
  if (status === 0) return policy.includes(body === "TimeoutError" ? "rt" : "ct");
  return policy.includes(`${Math.floor(status / 100)}xx`) && status >= 400;
}

function bounded(value: string | null, otherwise: number, least: number, most: number): number {
  const number = Number(value ?? NaN);
  return Number.isInteger(number) ? Math.min(Math.max(number, least), most) : otherwise;
}

async function once(
  url: string,
  form: Record<string, string>,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Delivery> {
  try {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(form), headers, signal });
    const contentType = answer.headers.get("content-type") ?? "";
    return { url, form, headers, status: answer.status, contentType, body: await answer.text() };
  } catch (error) {
    return { url, form, headers, status: 0, contentType: "", body: (error as Error).name };
  }
}
