import type { SandboxService } from "../../world/resources.ts";
import { text, type Form } from "../../http/format.ts";
import { refusal } from "../../http/errors.ts";

// https://www.twilio.com/docs/messaging/features/message-scheduling
const soonestMs = 5 * 60_000;
const latestMs = 35 * 24 * 60 * 60_000;
const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** When a message shall leave; null for at once. */
export function scheduleOf(form: Form, service: SandboxService | undefined, skewMs: number): Date | null {
  const [type, sendAt] = [text(form.ScheduleType), text(form.SendAt)];
  if (!type && !sendAt) return null;
  if (type && type !== "fixed") throw refusal(35126, "ScheduleType must be 'fixed'");
  if (!sendAt) throw refusal(35111, "SendAt is required to schedule a message");
  if (!service) throw refusal(35118, "MessagingServiceSid is required to schedule a message");
  const at = isMoment.test(sendAt) ? Date.parse(sendAt) - skewMs : NaN;
  const wait = at - Date.now();
  // A little less, since the request took its time.
  if (Number.isNaN(at) || wait < soonestMs - 5_000 || wait > latestMs)
    throw refusal(35114, "SendAt time must be between 5 minutes and 35 days in advance");
  return new Date(at);
}
