import { newMessage, type NewMedia } from "./newMessage.ts";
import type { SandboxMessage } from "./resources.ts";

/** What somebody sends to a Twilio number. */
export interface Text {
  from: string;
  to: string;
  body: string;
  media?: NewMedia[];
  /** Fields that the webhook has beside or instead of the usual ones; null for one that it lacks. */
  webhookFields?: Record<string, string | null>;
  /** Logged only: nobody is told. */
  untold?: boolean;
}

export function inboundMessage(
  { from, to, body, media, webhookFields }: Text,
  serviceSid: string | null,
): SandboxMessage {
  return newMessage({
    ...{ from, to, body, webhookFields, serviceSid },
    direction: "inbound",
    status: "received",
    attachments: media ?? [],
  });
}
