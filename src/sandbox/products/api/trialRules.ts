import type { SandboxAccount } from "../../world/account.ts";
import { TwilioError } from "../../http/errors.ts";

const prefix = "Sent from your Twilio trial account - ";

// What a trial account of 2026 may send: https://www.twilio.com/docs/usage/trials/try-out-sms
const templates = new Set(
  [
    "2fa",
    "appointment_reminders",
    "order_confirmation",
    "delivery_updates",
    "customer_support",
    "marketing_promotions",
    "event_notifications",
    "account_alerts",
    "feedback_surveys",
    "internal_alerts",
  ].map((name) => `sms_${name}`),
);

export function checkTrial(account: SandboxAccount, to: string, body: string): void {
  if (account.type !== "Trial") return;
  if (account.trial === "current" && !templates.has(body)) {
    throw new TwilioError(
      400,
      572006,
      "Trial accounts can only send predefined SMS templates; a custom message body is not allowed",
    );
  }
  if (account.isVerified(to)) return;
  throw new TwilioError(
    400,
    21608,
    `The number ${to} is unverified. Trial accounts cannot send messages to unverified numbers; verify ${to} at twilio.com/user/account/phone-numbers/verified, or purchase a Twilio number to send messages to unverified numbers`,
  );
}

export function trialBody({ type, trial }: SandboxAccount, body: string): string {
  return type === "Trial" && trial === "legacy" ? prefix + body : body;
}
