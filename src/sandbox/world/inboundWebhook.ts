import type { SandboxNumber, SandboxService } from "./resources.ts";

/** Where texts are told. */
export interface InboundWebhook {
  /** Empty when nobody is told. */
  url: string;
  method: "GET" | "POST";
  fallbackUrl: string;
  fallbackMethod: "GET" | "POST";
}

/** Where a number's texts are told: its Service wins unless that leaves it to the number; undefined when the Service takes none. */
export function webhookOf(
  number: SandboxNumber,
  service: SandboxService | undefined,
): InboundWebhook | undefined {
  const own = number.settings;
  if (!service || service.settings.UseInboundWebhookOnNumber === "true") {
    return {
      url: own.SmsUrl ?? "",
      method: methodOf(own.SmsMethod),
      fallbackUrl: own.SmsFallbackUrl ?? "",
      fallbackMethod: methodOf(own.SmsFallbackMethod),
    };
  }
  const pool = service.settings;
  if (!pool.InboundRequestUrl) return undefined;
  return {
    url: pool.InboundRequestUrl,
    method: methodOf(pool.InboundMethod),
    fallbackUrl: pool.FallbackUrl ?? "",
    fallbackMethod: methodOf(pool.FallbackMethod),
  };
}

function methodOf(value: string | undefined): "GET" | "POST" {
  return value?.toUpperCase() === "GET" ? "GET" : "POST";
}
