import type { SandboxAccount } from "./account.ts";
import type { SandboxNumber } from "./resources.ts";

/** Where texts are told. */
export interface InboundWebhook {
  /** Empty when nobody is told. */
  url: string;
  method: "GET" | "POST";
  fallbackUrl: string;
  fallbackMethod: "GET" | "POST";
}

/** Where a number's texts are told: its Service wins unless that leaves it to the number, then its application; undefined when the Service takes none. */
export function webhookOf(account: SandboxAccount, number: SandboxNumber): InboundWebhook | undefined {
  const service = account.serviceOf(number);
  if (!service || service.settings.UseInboundWebhookOnNumber === "true")
    return ownWebhook(
      account.applications.get(number.settings.SmsApplicationSid ?? "")?.settings ?? number.settings,
    );
  const pool = service.settings;
  if (!pool.InboundRequestUrl) return undefined;
  return {
    url: pool.InboundRequestUrl,
    method: methodOf(pool.InboundMethod),
    fallbackUrl: pool.FallbackUrl ?? "",
    fallbackMethod: methodOf(pool.FallbackMethod),
  };
}

function ownWebhook(settings: Record<string, string>): InboundWebhook {
  return {
    url: settings.SmsUrl ?? "",
    method: methodOf(settings.SmsMethod),
    fallbackUrl: settings.SmsFallbackUrl ?? "",
    fallbackMethod: methodOf(settings.SmsFallbackMethod),
  };
}

function methodOf(value: string | undefined): "GET" | "POST" {
  return value?.toUpperCase() === "GET" ? "GET" : "POST";
}
