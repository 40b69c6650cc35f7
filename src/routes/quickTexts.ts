import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import { paths } from "../helpers/paths.ts";
import type { Accounts } from "../models/account/accounts.ts";
import type { VerifySignature } from "../models/account/twilio.ts";
import type { Messages } from "../models/chat/messages.ts";
import { readText } from "../controllers/webhooks/forms.ts";
import type { Judged } from "../middleware/twilioSignature.ts";
import { taken } from "../controllers/webhooks/inboundMessagesController.ts";

export interface QuickParts {
  accounts: Accounts;
  messages: Messages;
  verifySignature: VerifySignature;
  publicUrl: string | undefined;
  /** Hears of every answer and how long it took, in seconds. */
  onAnswer: (answered: { kind: "webhook"; path: string; status: number; seconds: number }) => void;
}

type Form = ReturnType<typeof parse>;

const longestForm = 256 * 1_024;
const formType = /^application\/x-www-form-urlencoded(?:;\s*charset=utf-8)?$/i;

/**
 * Answers texts from Twilio ahead of Express, whose middleware takes as long for each as everything else together, and
 * Twilio may bring hundreds in a second. Only the plain case: whatever else there is to a request, and every refusal and
 * error, is left to Express, which finds the form read already.
 */
export function quickTexts(parts: QuickParts, rest: RequestListener): RequestListener {
  const { publicUrl } = parts;
  if (publicUrl === undefined) return rest;
  const { host } = new URL(publicUrl);
  return (request, response) => {
    if (!isPlain(request, host)) return rest(request, response);
    const startedAt = performance.now();
    const answering = readForm(request).then(async (form) => {
      if (form === undefined) return response.destroy();
      const outcome = await take(parts, request, form);
      if (outcome === "taken") {
        answer(response);
        const seconds = (performance.now() - startedAt) / 1_000;
        parts.onAnswer({ kind: "webhook", path: paths.inboundMessages, status: 200, seconds });
      } else {
        const judged: Judged = { isForged: outcome === "forged" };
        rest(Object.assign(request, { body: form, _body: true, ...judged }), response);
      }
    });
    answering.catch(() => response.destroy());
  };
}

function isPlain({ method, url, headers }: IncomingMessage, host: string): boolean {
  return (
    method === "POST" &&
    url === paths.inboundMessages &&
    headers.host === host &&
    headers["content-encoding"] === undefined &&
    Number(headers["content-length"]) <= longestForm &&
    formType.test(headers["content-type"] ?? "")
  );
}

/** Undefined when the connection ended before the form did. */
function readForm(request: IncomingMessage): Promise<Form | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => resolve(parse(Buffer.concat(chunks).toString("utf8"))));
    request.on("close", () => resolve(undefined));
  });
}

/** `taken` once the text has been kept; `left` for everything that Express has to look at itself. */
async function take(
  { accounts, messages, verifySignature, publicUrl }: QuickParts,
  { headers }: IncomingMessage,
  form: Form,
): Promise<"taken" | "forged" | "left"> {
  const text = readText(form);
  const signature = headers["x-twilio-signature"];
  if (!text || typeof signature !== "string") return "left";
  try {
    const url = `${publicUrl}${paths.inboundMessages}`;
    const tokens = await accounts.authTokens(text.accountSid);
    const isSigned = tokens.some((token) =>
      verifySignature(token, signature, url, form as Record<string, string>),
    );
    if (!isSigned) return tokens.length > 0 ? "forged" : "left";
    await messages.hear(text.accountSid, text.told, "webhook");
    return "taken";
  } catch {
    // Express comes to the same error, and answers it; a text that was kept is kept once.
    return "left";
  }
}

function answer(response: ServerResponse): void {
  response.writeHead(200, {
    "Content-Type": "text/xml; charset=utf-8",
    "Content-Length": Buffer.byteLength(taken),
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": randomUUID(),
  });
  response.end(taken);
}
