import type { SandboxAccount } from "./account.ts";
import type { Delivery } from "./delivery.ts";

/** Notes in the account's Debugger that a webhook, or what it answered, was of no use. */
export function alertOf(
  account: SandboxAccount,
  { method, url, form, headers, body, answerHeaders, status }: Delivery,
  errorCode: number,
  logLevel: "error" | "warning",
): void {
  const shown = { ...headers, ...(headers.Authorization ? { Authorization: "Basic …" } : {}) };
  account.alert({
    errorCode,
    logLevel,
    text: new URLSearchParams({
      sourceComponent: "14100",
      ErrorCode: String(errorCode),
      httpResponse: String(status),
      url,
      LogLevel: logLevel.toUpperCase(),
    }).toString(),
    resourceSid: form.MessageSid ?? "",
    requestMethod: method,
    requestUrl: url,
    requestVariables: new URLSearchParams(form).toString(),
    requestHeaders: new URLSearchParams(shown).toString(),
    responseHeaders: new URLSearchParams(answerHeaders).toString(),
    responseBody: body,
  });
}
