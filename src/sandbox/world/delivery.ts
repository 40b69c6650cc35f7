import { tryConnecting } from "./connection.ts";
import { readUpTo } from "./limitedBody.ts";
import type { Unverified } from "./unverified.ts";
import { sign } from "./signature.ts";
import { faultOf, isHopeless, webhookFaults } from "./webhookFaults.ts";

export interface WebhookRequest {
  method: "GET" | "POST";
  /** May carry credentials and, after `#`, connection overrides. */
  url: string;
  form: Record<string, string>;
}

/** One webhook request and its answer. */
export interface Delivery {
  method: "GET" | "POST";
  url: string;
  form: Record<string, string>;
  headers: Record<string, string>;
  /** HTTP status of the answer; 0 when there was none. */
  status: number;
  contentType: string;
  answerHeaders: Record<string, string>;
  body: string;
  /** No connection came about, so the request cannot have arrived. */
  unconnected: boolean;
  /** Twilio's code for what went wrong on the way; null when there was an answer below 400. */
  errorCode: number | null;
}

export interface DeliveryOptions {
  /** Aborts everything when the sandbox closes. */
  closing: AbortSignal;
  userAgent: string;
  /** The same for every attempt and repeat of one delivery. */
  token: string;
  tokenAtOnce: boolean;
  signedRoot: Unverified["signedRoot"];
  wrongSignature?: boolean;
}

const longestMs = 15_000;
const longestAnswer = 64 * 1024;

/** Calls a webhook the way Twilio does: overrides after `#` count but are neither sent nor signed, fifteen seconds at most. */
export async function call(
  authToken: string,
  request: WebhookRequest,
  options: DeliveryOptions,
): Promise<Delivery> {
  const [address = "", fragment = ""] = request.url.split("#");
  const overrides = new URLSearchParams(fragment);
  const retries = bounded(overrides.get("rc"), 1, 0, 5);
  const deadline = Date.now() + bounded(overrides.get("tt"), longestMs, 100, longestMs);
  const token = options.wrongSignature ? `${authToken}!` : authToken;
  const prepared = prepare(token, { ...request, url: address }, options.signedRoot);
  for (let attempt = 0; ; attempt += 1) {
    const limit = Math.min(bounded(overrides.get("rt"), longestMs, 100, longestMs), deadline - Date.now());
    const headers = {
      ...prepared.headers,
      "User-Agent": options.userAgent,
      ...(attempt > 0 || options.tokenAtOnce ? { "I-Twilio-Idempotency-Token": options.token } : {}),
    };
    const signal = AbortSignal.any([options.closing, AbortSignal.timeout(Math.max(limit, 1))]);
    const connectMs = overrides.has("ct") ? bounded(overrides.get("ct"), 5_000, 100, 10_000) : undefined;
    const delivery = await once(prepared.url, request, headers, { signal, connectMs });
    const again = attempt < retries && Date.now() < deadline && !options.closing.aborted;
    if (!again || !mayRetry(delivery, overrides.get("rp") ?? "ct")) return delivery;
  }
}

interface Prepared {
  url: string;
  headers: Record<string, string>;
}

function prepare(
  authToken: string,
  { method, url, form }: WebhookRequest,
  root: DeliveryOptions["signedRoot"],
): Prepared {
  const [bare, credentials] = withoutCredentials(url);
  const called = root === "slash" ? bare.replace(/^(https?:\/\/[^/?]+)(?=\?|$)/i, "$1/") : bare;
  const full = method === "GET" ? withQuery(called, form) : called;
  return {
    url: full,
    headers: {
      Accept: "*/*",
      "X-Twilio-Signature": sign(authToken, full, method === "GET" ? {} : form),
      ...(credentials ? { Authorization: `Basic ${credentials}` } : {}),
      ...(method === "GET" ? {} : { "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8" }),
    },
  };
}

function withoutCredentials(url: string): [bare: string, credentials: string | undefined] {
  const found = /^(https?:\/\/)([^/?@]+)@/i.exec(url);
  if (!found) return [url, undefined];
  const [start, scheme = "", userinfo = ""] = found;
  const plain = userinfo.split(":").map(decoded).join(":");
  return [scheme + url.slice(start.length), Buffer.from(plain).toString("base64")];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function withQuery(url: string, form: Record<string, string>): string {
  if (Object.keys(form).length === 0) return url;
  return `${url}${url.includes("?") ? "&" : "?"}${new URLSearchParams(form).toString()}`;
}

function mayRetry({ status, errorCode, unconnected }: Delivery, policy: string): boolean {
  if (policy.includes("all")) return status === 0 || status >= 400;
  if (status === 0) return policy.includes(unconnected ? "ct" : "rt") && !isHopeless(errorCode);
  return policy.includes(`${Math.floor(status / 100)}xx`) && status >= 400;
}

function bounded(value: string | null, otherwise: number, least: number, most: number): number {
  const number = Number(value ?? NaN);
  return Number.isInteger(number) ? Math.min(Math.max(number, least), most) : otherwise;
}

async function once(
  url: string,
  { method, form }: WebhookRequest,
  headers: Record<string, string>,
  { signal, connectMs }: { signal: AbortSignal; connectMs: number | undefined },
): Promise<Delivery> {
  const known = { method, url, form, headers };
  try {
    if (connectMs !== undefined) await tryConnecting(url, connectMs);
    const body = method === "POST" ? new URLSearchParams(form) : null;
    const answer = await fetch(url, { method, body, headers, signal });
    return {
      ...known,
      status: answer.status,
      contentType: answer.headers.get("content-type") ?? "",
      answerHeaders: Object.fromEntries(answer.headers),
      body: (await readUpTo(answer, longestAnswer)).bytes.toString(),
      unconnected: false,
      errorCode: answer.status >= 400 ? webhookFaults.refused : null,
    };
  } catch (error) {
    const nothing = { status: 0, contentType: "", answerHeaders: {}, body: "" };
    return { ...known, ...nothing, ...faultOf(error as Error) };
  }
}
