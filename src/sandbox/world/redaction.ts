import type { SandboxAccount } from "./account.ts";
import type { SandboxMessage } from "./resources.ts";

const masked = "XXXX";

/** What Twilio's message redaction leaves of a message in the log: no words, and of people's numbers all but the last four digits. */
export function redact(
  account: SandboxAccount,
  message: SandboxMessage,
  { body, numbers }: { body: boolean; numbers: boolean },
): void {
  if (body) message.body = "";
  if (numbers) {
    message.from = maskedFor(account, message.from);
    message.to = maskedFor(account, message.to);
  }
  message.dateUpdated = new Date();
}

function maskedFor(account: SandboxAccount, address: string): string {
  return account.numberFor(address) ? address : address.replace(/\d{4}$/, masked);
}
