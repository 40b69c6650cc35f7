import { Router, type Request, type Response } from "express";
import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
} from "libphonenumber-js/max";
import { text } from "../../http/format.ts";
import { productUrl } from "../../http/paging.ts";
import { methodNotAllowed, refusal } from "../../http/errors.ts";

type Parsed = ReturnType<typeof parsePhoneNumberFromString>;

// One key for each package, null unless asked for.
const packages = [
  "caller_name",
  "sim_swap",
  "call_forwarding",
  "line_status",
  "line_type_intelligence",
  "identity_match",
  "reassigned_number",
  "sms_pumping_risk",
  "phone_number_quality_score",
  "pre_fill",
];
const faults: Record<string, string> = {
  TOO_SHORT: "TOO_SHORT",
  TOO_LONG: "TOO_LONG",
  INVALID_COUNTRY: "INVALID_COUNTRY_CODE",
  INVALID_LENGTH: "INVALID_LENGTH",
  NOT_A_NUMBER: "NOT_A_NUMBER",
};

export function lookupRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route("/lookups/v2/PhoneNumbers/:number").get(show).all(methodNotAllowed);
  return router;
}

function show(request: Request<{ number: string }>, response: Response): void {
  const given = request.params.number;
  const country = text(request.query.CountryCode).toUpperCase() || "US";
  const parsed = parsePhoneNumberFromString(given, country as CountryCode);
  const valid = parsed?.isValid() ?? false;
  response.json({
    calling_country_code: parsed?.countryCallingCode ?? null,
    country_code: (valid && parsed?.country) || null,
    phone_number: parsed?.number ?? numberLike(given, country),
    national_format: parsed?.formatNational() ?? null,
    valid,
    validation_errors: valid ? [] : [faultOf(given, country)],
    ...packagesFor(text(request.query.Fields), parsed),
    url: productUrl(
      `/lookups/v2/PhoneNumbers/${encodeURIComponent(parsed?.number ?? numberLike(given, country))}`,
    ),
  });
}

function packagesFor(asked: string, parsed: Parsed): Record<string, object | null> {
  const fields = asked.split(",").filter(Boolean);
  const unknown = fields.find((field) => field !== "validation" && !packages.includes(field));
  if (unknown) throw refusal(20001, `Invalid value for 'Fields': ${unknown}`);
  const none = Object.fromEntries(packages.map((name) => [name, null]));
  const callerName = { caller_name: null, caller_type: null, error_code: null };
  return {
    ...none,
    ...(fields.includes("caller_name") ? { caller_name: callerName } : {}),
    ...(fields.includes("line_type_intelligence") ? { line_type_intelligence: lineType(parsed) } : {}),
  };
}

/** Twilio puts the country's calling code before whatever it was given. */
function numberLike(given: string, country: string): string {
  return isSupportedCountry(country) && !given.startsWith("+")
    ? `+${getCountryCallingCode(country)}${given}`
    : given;
}

function faultOf(given: string, country: string): string {
  const fault = validatePhoneNumberLength(given, country as CountryCode);
  return (fault && faults[fault]) ?? "INVALID_BUT_POSSIBLE";
}

function lineType(parsed: Parsed): object {
  const type = parsed?.getType();
  const known: Record<string, string> = { MOBILE: "mobile", FIXED_LINE: "landline", TOLL_FREE: "tollFree" };
  return {
    type: (type && known[type]) ?? (type ? "nonFixedVoip" : null),
    carrier_name: "Sandbox Mobile",
    mobile_country_code: null,
    mobile_network_code: null,
    error_code: null,
  };
}
