import { Router, type Request, type Response } from "express";
import { accountOf } from "../../http/authentication.ts";
import { methodNotAllowed, notFound, refusal } from "../../http/errors.ts";
import { formOf, rfc2822, text } from "../../http/format.ts";
import { sendPage } from "../../http/paging.ts";
import { newKey } from "../../world/keys.ts";
import type { ApiKey } from "../../world/resources.ts";

const base = "/2010-04-01/Accounts/:account/Keys";
const longestName = 64;

type KeyRequest = Request<{ account: string; sid: string }>;

/** Standard API keys: they sign in like the account, except to accounts and keys. */
export function keyRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(`${base}.json`).get(list).post(create).all(methodNotAllowed);
  router.route(`${base}/:sid.json`).get(show).post(update).delete(destroy).all(methodNotAllowed);
  return router;
}

function list(request: Request<{ account: string }>, response: Response): void {
  const { keys } = accountOf(response, request.params.account);
  sendPage(request, response, "keys", [...keys.values()], toJson);
}

function create(request: Request<{ account: string }>, response: Response): void {
  const { keys } = accountOf(response, request.params.account);
  const key = newKey({ friendlyName: nameFrom(request) });
  keys.set(key.sid, key);
  // Told this once only.
  response.status(201).json({ ...toJson(key), secret: key.secret });
}

function show(request: KeyRequest, response: Response): void {
  response.json(toJson(found(request, response).key));
}

function update(request: KeyRequest, response: Response): void {
  const { key } = found(request, response);
  Object.assign(key, { friendlyName: nameFrom(request) || key.friendlyName, dateUpdated: new Date() });
  response.json(toJson(key));
}

function destroy(request: KeyRequest, response: Response): void {
  const { keys, key } = found(request, response);
  keys.delete(key.sid);
  response.status(204).end();
}

function found(request: KeyRequest, response: Response) {
  const { keys } = accountOf(response, request.params.account);
  if (!/^SK[0-9a-f]{32}$/.test(request.params.sid)) throw refusal(70002, "Invalid SID");
  const key = keys.get(request.params.sid);
  if (!key) throw notFound(request.path);
  return { keys, key };
}

function nameFrom(request: { body?: unknown }): string {
  const name = text(formOf(request).FriendlyName);
  if (name.length > longestName)
    throw refusal(70001, `FriendlyName may have ${longestName} characters at most`);
  return name;
}

function toJson({ sid, friendlyName, dateCreated, dateUpdated }: ApiKey): object {
  return {
    sid,
    friendly_name: friendlyName,
    date_created: rfc2822(dateCreated),
    date_updated: rfc2822(dateUpdated),
  };
}
