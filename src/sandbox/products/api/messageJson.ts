import type { SandboxAccount } from "../../world/account.ts";
import type { SandboxMessage } from "../../world/resources.ts";
import { rfc2822 } from "../../http/format.ts";

const reasons: Record<number, string> = {
  30003: "Unreachable destination handset",
  30004: "Message blocked",
  30005: "Unknown destination handset",
  30006: "Landline or unreachable carrier",
  30007: "Message filtered",
  30008: "Unknown error",
};

export function messageJson({ sid: accountSid }: SandboxAccount, message: SandboxMessage): object {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: accountSid,
    messaging_service_sid: message.serviceSid,
    from: message.from || null,
    to: message.to,
    body: message.body,
    direction: message.direction,
    status: message.status,
    num_segments: String(message.numSegments),
    num_media: String(message.numMedia),
    price: message.price,
    price_unit: "USD",
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : (reasons[message.errorCode] ?? null),
    api_version: "2010-04-01",
    date_created: rfc2822(message.dateCreated),
    date_updated: rfc2822(message.dateUpdated),
    date_sent: rfc2822(message.dateSent),
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}
