import { Router, type Request } from "express";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SandboxAccount } from "../../world/account.ts";
import type { AlphaSender, SandboxNumber, SandboxService } from "../../world/resources.ts";
import { newSid } from "../../world/sids.ts";
import { callerOf } from "../../http/authentication.ts";
import { formOf, iso8601, text } from "../../http/format.ts";
import { productUrl, sendProductPage } from "../../http/paging.ts";
import { foundService } from "./services.ts";
import { notFound, refusal } from "../../http/errors.ts";

const base = "/messaging/v1/Services/:service";
const largestPool = 400;

/** What a Messaging Service sends from: numbers, names, and short codes, of which the sandbox has none. */
export function senderRoutes(): Router {
  return Router({ caseSensitive: true }).use(numberRoutes(), alphaRoutes(), shortCodeRoutes());
}

function numberRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.get(`${base}/PhoneNumbers`, (request, response) => {
    const account = callerOf(response);
    const service = foundService(request, response);
    const numbers = [...service.numbers.keys()].map((sid) => account.numbers.get(sid));
    const present = numbers.filter((number) => number !== undefined);
    sendProductPage(request, response, "phone_numbers", present, (number) =>
      numberJson(account, service, number),
    );
  });
  router.post(`${base}/PhoneNumbers`, (request, response) => {
    const account = callerOf(response);
    const service = foundService(request, response);
    const number = account.numbers.get(text(formOf(request).PhoneNumberSid));
    if (!number) throw refusal(21421, "PhoneNumberSid is invalid");
    const pool = account.serviceOf(number);
    if (pool === service) throw refusal(21710, "Phone Number is already in the Messaging Service");
    if (pool) throw refusal(21712, "Phone Number is associated with another Messaging Service");
    if (service.numbers.size >= largestPool) throw refusal(21714, "Number Pool size limit reached");
    service.numbers.set(number.sid, new Date());
    response.status(201).json(numberJson(account, service, number));
  });
  router.get(`${base}/PhoneNumbers/:sid`, (request, response) => {
    const account = callerOf(response);
    const service = foundService(request, response);
    response.json(numberJson(account, service, pooled(account, service, request)));
  });
  router.delete(`${base}/PhoneNumbers/:sid`, (request, response) => {
    const service = foundService(request, response);
    service.numbers.delete(pooled(callerOf(response), service, request).sid);
    response.status(204).end();
  });
  return router;
}

function alphaRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.get(`${base}/AlphaSenders`, (request, response) => {
    const service = foundService(request, response);
    const account = callerOf(response);
    sendProductPage(request, response, "alpha_senders", [...service.alphaSenders.values()], (sender) =>
      alphaJson(account, service, sender),
    );
  });
  router.post(`${base}/AlphaSenders`, (request, response) => {
    const service = foundService(request, response);
    const alphaSender = text(formOf(request).AlphaSender);
    if (!/^(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}$/.test(alphaSender))
      throw refusal(21709, "Invalid Alpha Sender ID");
    const sender = { sid: newSid("AI"), alphaSender, dateCreated: new Date() };
    service.alphaSenders.set(sender.sid, sender);
    response.status(201).json(alphaJson(callerOf(response), service, sender));
  });
  router.get(`${base}/AlphaSenders/:sid`, (request, response) => {
    const service = foundService(request, response);
    response.json(alphaJson(callerOf(response), service, alphaSenderOf(service, request)));
  });
  router.delete(`${base}/AlphaSenders/:sid`, (request, response) => {
    const service = foundService(request, response);
    service.alphaSenders.delete(alphaSenderOf(service, request).sid);
    response.status(204).end();
  });
  return router;
}

function shortCodeRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.get(`${base}/ShortCodes`, (request, response) => {
    foundService(request, response);
    sendProductPage(request, response, "short_codes", [], (code) => code);
  });
  return router;
}

type SenderRequest = Request<{ service: string; sid: string }>;

function pooled(account: SandboxAccount, service: SandboxService, request: SenderRequest): SandboxNumber {
  const number = account.numbers.get(request.params.sid);
  if (!number || !service.numbers.has(number.sid)) throw notFound(request.path);
  return number;
}

function alphaSenderOf(service: SandboxService, request: SenderRequest): AlphaSender {
  const sender = service.alphaSenders.get(request.params.sid);
  if (!sender) throw notFound(request.path);
  return sender;
}

function numberJson(account: SandboxAccount, service: SandboxService, number: SandboxNumber): object {
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

function alphaJson(account: SandboxAccount, service: SandboxService, sender: AlphaSender): object {
  const date = iso8601(sender.dateCreated);
  return {
    sid: sender.sid,
    account_sid: account.sid,
    service_sid: service.sid,
    alpha_sender: sender.alphaSender,
    capabilities: ["SMS"],
    date_created: date,
    date_updated: date,
    url: productUrl(`/messaging/v1/Services/${service.sid}/AlphaSenders/${sender.sid}`),
  };
}
