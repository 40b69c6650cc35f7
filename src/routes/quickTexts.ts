import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { paths } from "../helpers/paths.ts";
import { TooMany } from "../models/errors.ts";
import { Slots } from "../models/slots.ts";
import type { Messages } from "../models/chat/messages.ts";
import { answer } from "./quickAnswer.ts";
import { isPlain, readForm, type Form } from "./quickForm.ts";
import { formTerms, weigh } from "../middleware/forms.ts";
import { readText } from "../controllers/webhooks/forms.ts";
import {
  forgedSentence,
  isSigned,
  isWebhookForm,
  refusalFacts,
  refusedWebhook,
  type Signatures,
  type Webhook,
} from "../middleware/twilioSignature.ts";
import { taken } from "../controllers/webhooks/inboundMessagesController.ts";

export interface QuickParts extends Signatures {
  messages: Messages;
  /** The client's, as far as proxies are trusted. */
  addressOf: (request: IncomingMessage) => string | undefined;
  audit: (line: { audit: string } & Record<string, unknown>) => void;
  /** Hears of every answer and how long it took, in seconds. */
  onAnswer: (answered: { kind: "webhook"; path: string; status: number; seconds: number }) => void;
}

/**
 * Answers texts from Twilio ahead of Express, whose middleware takes as long for each as everything else together, and
 * Twilio may bring hundreds in a second; and forged ones, of which a stranger may. Only the plain case: whatever else
 * there is to a request, and every error, is left to Express, which finds the form read already.
 */
export function quickTexts(parts: QuickParts, rest: RequestListener): RequestListener {
  const { publicUrl } = parts;
  if (publicUrl === undefined) return rest;
  const { host } = new URL(publicUrl);
  const url = `${publicUrl}${paths.inboundMessages}`;
  const slots = new Slots(formTerms);
  return (request, response) => {
    if (!isPlain(request, host)) return rest(request, response);
    // Twilio has few addresses, and a proxy has one for all: only what comes in all is bounded here.
    weigh(slots, request, response, String(request.socket.remotePort));
    const startedAt = performance.now();
    const answering = readForm(request).then(async (form) => {
      if (form === undefined) return response.destroy();
      const status = await take(parts, { request, response, form, url });
      if (status === "left") return rest(Object.assign(request, { body: form, _body: true }), response);
      const seconds = (performance.now() - startedAt) / 1_000;
      parts.onAnswer({ kind: "webhook", path: paths.inboundMessages, status, seconds });
    });
    answering.catch(() => response.destroy());
  };
}

interface Asked {
  request: IncomingMessage;
  response: ServerResponse;
  form: Form;
  url: string;
}

/** Answers once the text has been kept or refused; `left` for everything that Express has to look at itself. */
async function take(
  parts: QuickParts,
  { request, response, form, url }: Asked,
): Promise<200 | 403 | 429 | "left"> {
  const signature = request.headers["x-twilio-signature"];
  if (!isWebhookForm(form) || typeof signature !== "string") return "left";
  const webhook = { form, signature, url, path: paths.inboundMessages };
  try {
    if (!(await isSigned(parts, webhook))) return refuse(parts, { request, response, webhook });
    const text = readText(form);
    if (text === undefined) return "left";
    await parts.messages.hear(text.accountSid, text.told, "webhook");
    answer(response, 200, { type: "text/xml", content: taken });
    return 200;
  } catch (error) {
    if (error instanceof TooMany) return refuseFor(error, parts, response);
    // Express comes to the same error, and answers it; a text that was kept is kept once.
    return "left";
  }
}

/** Without asking again what was just found out. */
function refuseFor(
  { message, limit, retryAfterSeconds }: TooMany,
  { audit }: QuickParts,
  response: ServerResponse,
): 429 {
  response.setHeader("Retry-After", String(retryAfterSeconds));
  const requestId = answer(response, 429, { type: "text/plain", content: message });
  audit({ audit: "limit", requestId, limit });
  return 429;
}

function refuse(
  { audit, addressOf, refusals }: QuickParts,
  { request, response, webhook }: Omit<Asked, "form" | "url"> & { webhook: Webhook },
): 403 {
  const requestId = answer(response, 403, { type: "text/plain", content: forgedSentence });
  const facts = refusalFacts(webhook.form, webhook.signature);
  audit({ audit: "webhook refused", requestId, address: addressOf(request), ...facts });
  refusals.note(refusedWebhook(request, webhook));
  return 403;
}
