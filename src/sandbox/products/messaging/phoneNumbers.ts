import { Router, type Request, type Response } from "express";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { callerOf } from "../../http/authentication.ts";
import { methodNotAllowed, notFound, refusal } from "../../http/errors.ts";
import { formOf, iso8601, text } from "../../http/format.ts";
import { productUrl, sendProductPage } from "../../http/paging.ts";
import type { SandboxAccount } from "../../world/account.ts";
import type { SandboxNumber, SandboxService } from "../../world/resources.ts";
import { foundService } from "./services.ts";

const base = "/messaging/v1/Services/:service/PhoneNumbers";
const largestPool = 400;

type ServiceRequest = Request<{ service: string }>;
type SenderRequest = Request<{ service: string; sid: string }>;

/** The numbers that a Messaging Service sends from. */
export function poolRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(base).get(list).post(create).all(methodNotAllowed);
  router.route(`${base}/:sid`).get(show).delete(destroy).all(methodNotAllowed);
  return router;
}

function list(request: ServiceRequest, response: Response): void {
  const account = callerOf(response);
  const service = foundService(request, response);
  const numbers = [...service.numbers.keys()].map((sid) => account.numbers.get(sid));
  const present = numbers.filter((number) => number !== undefined);
  sendProductPage(request, response, "phone_numbers", present, (number) => toJson(account, service, number));
}

function create(request: ServiceRequest, response: Response): void {
  const account = callerOf(response);
  const service = foundService(request, response);
  const number = account.numbers.get(text(formOf(request).PhoneNumberSid));
  if (!number) throw refusal(21421, "PhoneNumberSid is invalid");
  const pool = account.serviceOf(number);
  if (pool === service) throw refusal(21710, "Phone Number is already in the Messaging Service");
  if (pool) throw refusal(21712, "Phone Number is associated with another Messaging Service");
  if (service.numbers.size >= largestPool) throw refusal(21714, "Number Pool size limit reached");
  service.numbers.set(number.sid, new Date());
  response.status(201).json(toJson(account, service, number));
}

function show(request: SenderRequest, response: Response): void {
  const { service, number } = found(request, response);
  response.json(toJson(callerOf(response), service, number));
}

function destroy(request: SenderRequest, response: Response): void {
  const { service, number } = found(request, response);
  service.numbers.delete(number.sid);
  response.status(204).end();
}

function found(request: SenderRequest, response: Response) {
  const service = foundService(request, response);
  const number = callerOf(response).numbers.get(request.params.sid);
  if (!number || !service.numbers.has(number.sid)) throw notFound(request.path);
  return { service, number };
}

function toJson(account: SandboxAccount, service: SandboxService, number: SandboxNumber): object {
  const { voice, sms, mms } = number.capabilities;
  const date = iso8601(service.numbers.get(number.sid) ?? number.dateCreated);
  return {
    sid: number.sid,
    account_sid: account.sid,
    service_sid: service.sid,
    phone_number: number.phoneNumber,
    country_code: parsePhoneNumberFromString(number.phoneNumber)?.country ?? "US",
    capabilities: [...(mms ? ["MMS"] : []), ...(sms ? ["SMS"] : []), ...(voice ? ["Voice"] : [])],
    date_created: date,
    date_updated: date,
    url: productUrl(`/messaging/v1/Services/${service.sid}/PhoneNumbers/${number.sid}`),
  };
}
