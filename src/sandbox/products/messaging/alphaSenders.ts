import { Router, type Request, type Response } from "express";
import { callerOf } from "../../http/authentication.ts";
import { methodNotAllowed, notFound, refusal } from "../../http/errors.ts";
import { formOf, iso8601, text } from "../../http/format.ts";
import { productUrl, sendProductPage } from "../../http/paging.ts";
import type { SandboxAccount } from "../../world/account.ts";
import type { AlphaSender, SandboxService } from "../../world/resources.ts";
import { newSid } from "../../world/sids.ts";
import { foundService } from "./services.ts";

const base = "/messaging/v1/Services/:service/AlphaSenders";

type ServiceRequest = Request<{ service: string }>;
type SenderRequest = Request<{ service: string; sid: string }>;

/** The names that a Messaging Service sends from. */
export function alphaSenderRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(base).get(list).post(create).all(methodNotAllowed);
  router.route(`${base}/:sid`).get(show).delete(destroy).all(methodNotAllowed);
  return router;
}

function list(request: ServiceRequest, response: Response): void {
  const service = foundService(request, response);
  const account = callerOf(response);
  sendProductPage(request, response, "alpha_senders", [...service.alphaSenders.values()], (sender) =>
    toJson(account, service, sender),
  );
}

function create(request: ServiceRequest, response: Response): void {
  const service = foundService(request, response);
  const alphaSender = text(formOf(request).AlphaSender);
  if (!/^(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}$/.test(alphaSender))
    throw refusal(21709, "Invalid Alpha Sender ID");
  const sender = { sid: newSid("AI"), alphaSender, dateCreated: new Date() };
  service.alphaSenders.set(sender.sid, sender);
  response.status(201).json(toJson(callerOf(response), service, sender));
}

function show(request: SenderRequest, response: Response): void {
  const { service, sender } = found(request, response);
  response.json(toJson(callerOf(response), service, sender));
}

function destroy(request: SenderRequest, response: Response): void {
  const { service, sender } = found(request, response);
  service.alphaSenders.delete(sender.sid);
  response.status(204).end();
}

function found(request: SenderRequest, response: Response) {
  const service = foundService(request, response);
  const sender = service.alphaSenders.get(request.params.sid);
  if (!sender) throw notFound(request.path);
  return { service, sender };
}

function toJson(account: SandboxAccount, service: SandboxService, sender: AlphaSender): object {
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
