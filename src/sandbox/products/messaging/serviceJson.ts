import type { SandboxAccount } from "../../world/account.ts";
import type { SandboxService } from "../../world/resources.ts";
import { iso8601 } from "../../http/format.ts";
import { productUrl } from "../../http/paging.ts";

export const servicesUrl = "/messaging/v1/Services";

export function serviceJson({ sid: accountSid }: SandboxAccount, service: SandboxService): object {
  const { settings } = service;
  const url = productUrl(`${servicesUrl}/${service.sid}`);
  const is = (name: string, usually: boolean) => (settings[name] ?? String(usually)) === "true";
  return {
    sid: service.sid,
    account_sid: accountSid,
    friendly_name: settings.FriendlyName,
    inbound_request_url: settings.InboundRequestUrl || null,
    inbound_method: settings.InboundMethod ?? "POST",
    fallback_url: settings.FallbackUrl || null,
    fallback_method: settings.FallbackMethod ?? "POST",
    status_callback: settings.StatusCallback || null,
    sticky_sender: is("StickySender", true),
    mms_converter: is("MmsConverter", true),
    smart_encoding: is("SmartEncoding", true),
    scan_message_content: settings.ScanMessageContent ?? "inherit",
    fallback_to_long_code: is("FallbackToLongCode", true),
    area_code_geomatch: is("AreaCodeGeomatch", true),
    synchronous_validation: is("SynchronousValidation", false),
    validity_period: Number(settings.ValidityPeriod ?? 36_000),
    usecase: settings.Usecase ?? "undeclared",
    us_app_to_person_registered: false,
    use_inbound_webhook_on_number: is("UseInboundWebhookOnNumber", false),
    date_created: iso8601(service.dateCreated),
    date_updated: iso8601(service.dateUpdated),
    url,
    links: {
      phone_numbers: `${url}/PhoneNumbers`,
      short_codes: `${url}/ShortCodes`,
      alpha_senders: `${url}/AlphaSenders`,
    },
  };
}
