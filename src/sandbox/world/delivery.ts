import { randomUUID } from "node:crypto";
import { sign } from "./signature.ts";

export interface Delivery {
  url: string;
  form: Record<string, string>;
  /** HTTP status of the answer; 0 when there was none. */
  status: number;
  contentType: string;
  body: string;
}

const totalMs = 15_000;

/** Posts a signed form the way Twilio does: without the connection overrides after `#`, fifteen seconds at most. */
export async function post(
  authToken: string,
  target: string,
  form: Record<string, string>,
): Promise<Delivery> {
  const url = target.replace(/#.*$/, "");
  const overrides = new URLSearchParams(target.split("#")[1] ?? "");
  const tries = 1 + Number(overrides.get("rc") ?? 1);
  const token = randomUUID();
  let delivery = await once(authToken, url, form, token);
  for (let attempt = 1; attempt < tries && mayRetry(delivery, overrides.get("rp") ?? "ct"); attempt += 1) {
    delivery = await once(authToken, url, form, token);
  }
  return delivery;
}

function mayRetry({ status }: Delivery, policy: string): boolean {
  if (status === 0) return /ct|rt|all/.test(policy);
  if (status >= 500) return /5xx|all/.test(policy);
  return status >= 400 && /4xx|all/.test(policy);
}

async function once(
  authToken: string,
  url: string,
  form: Record<string, string>,
  token: string,
): Promise<Delivery> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(form),
      headers: {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "User-Agent": "TwilioProxy/1.1",
        "I-Twilio-Idempotency-Token": token,
        "X-Twilio-Signature": sign(authToken, url, form),
      },
      signal: AbortSignal.timeout(totalMs),
    });
    const body = await answer.text();
    return { url, form, status: answer.status, contentType: answer.headers.get("content-type") ?? "", body };
  } catch (error) {
    return { url, form, status: 0, contentType: "", body: String(error) };
  }
}
