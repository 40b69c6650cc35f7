import { Router, type Request, type Response } from "express";
import type { SandboxService } from "../../world/resources.ts";
import { newSid } from "../../world/sids.ts";
import { callerOf } from "../../http/authentication.ts";
import { fieldsOf, formOf, isWebAddress, type Form } from "../../http/format.ts";
import { sendProductPage } from "../../http/paging.ts";
import { serviceJson, servicesUrl } from "./serviceJson.ts";
import { methodNotAllowed, notFound, refusal } from "../../http/errors.ts";

const base = servicesUrl;
const urls = ["InboundRequestUrl", "FallbackUrl", "StatusCallback"];
const methods = ["InboundMethod", "FallbackMethod"];
const flags = [
  "StickySender",
  "MmsConverter",
  "SmartEncoding",
  "FallbackToLongCode",
  "AreaCodeGeomatch",
  "SynchronousValidation",
  "UseInboundWebhookOnNumber",
];
const names = new Set([
  ...urls,
  ...methods,
  ...flags,
  "FriendlyName",
  "ScanMessageContent",
  "ValidityPeriod",
  "Usecase",
]);

type ServiceRequest = Request<{ service: string }>;

export function serviceRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(base).get(list).post(create).all(methodNotAllowed);
  router.route(`${base}/:service`).get(show).post(update).delete(destroy).all(methodNotAllowed);
  return router;
}

function list(request: Request, response: Response): void {
  const account = callerOf(response);
  const services = [...account.services.values()];
  sendProductPage(request, response, "services", services, (service) => serviceJson(account, service));
}

function create(request: Request, response: Response): void {
  const account = callerOf(response);
  const now = new Date();
  const settings = settingsOf(formOf(request));
  if (!settings.FriendlyName) throw refusal(20001, "FriendlyName is required");
  const service: SandboxService = {
    sid: newSid("MG"),
    dateCreated: now,
    dateUpdated: now,
    settings,
    numbers: new Map(),
    alphaSenders: new Map(),
    sticky: new Map(),
  };
  account.services.set(service.sid, service);
  response.status(201).json(serviceJson(account, service));
}

function show(request: ServiceRequest, response: Response): void {
  response.json(serviceJson(callerOf(response), foundService(request, response)));
}

function update(request: ServiceRequest, response: Response): void {
  const service = foundService(request, response);
  Object.assign(service.settings, settingsOf(formOf(request)));
  service.dateUpdated = new Date();
  response.json(serviceJson(callerOf(response), service));
}

function destroy(request: ServiceRequest, response: Response): void {
  callerOf(response).services.delete(foundService(request, response).sid);
  response.status(204).end();
}

export function foundService(request: ServiceRequest, response: Response): SandboxService {
  const service = callerOf(response).services.get(request.params.service);
  if (!service) throw notFound(request.path);
  return service;
}

function settingsOf(form: Form): Record<string, string> {
  const given = fieldsOf(form, names);
  const wrong = urls.find((name) => given[name] && !isWebAddress(given[name]));
  if (wrong) throw refusal(20001, `${wrong} is not a valid URL`);
  for (const name of methods) if (given[name] !== undefined) given[name] = given[name].toUpperCase();
  for (const name of flags) if (given[name] !== undefined) given[name] = given[name].toLowerCase();
  const method = methods.find((name) => given[name] && !/^(GET|POST)$/.test(given[name]));
  if (method) throw refusal(21403, `${method} must be GET or POST`);
  const period = Number(given.ValidityPeriod ?? 1);
  if (!(Number.isInteger(period) && period >= 1 && period <= 36_000))
    throw refusal(20001, "ValidityPeriod must be between 1 and 36000");
  return given;
}
