import { Router, type Request, type RequestHandler, type Response } from "express";
import type { SandboxAccount } from "../../world/account.ts";
import type { SandboxMedia, SandboxMessage } from "../../world/resources.ts";
import type { World } from "../../world/world.ts";
import { accountOf } from "../../http/authentication.ts";
import { rfc2822 } from "../../http/format.ts";
import { foundMessage } from "./messages.ts";
import { isSigned, signedPath } from "./signedMedia.ts";
import { sendPage } from "../../http/paging.ts";
import { timeRange } from "../../http/timeRange.ts";
import { unverifiedOf } from "../../http/worldOf.ts";
import { methodNotAllowed, notFound } from "../../http/errors.ts";

const base = "/2010-04-01/Accounts/:account/Messages/:message/Media";
const binary =
  /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/Messages\/([A-Z]{2}[0-9a-f]{32})\/Media\/(ME[0-9a-f]{32})$/;
// An uploaded file may be a page with scripts.
const safely = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; sandbox",
};

type MediaRequest = Request<{ account: string; message: string; sid: string }>;

export function mediaRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(`${base}.json`).get(list).all(methodNotAllowed);
  router.route(`${base}/:sid.json`).get(show).delete(destroy).all(methodNotAllowed);
  router.get(binary, (request, response) => {
    const media = mediaAt(response.locals.account as SandboxAccount, request.path);
    if (!media) throw notFound(request.path);
    response.redirect(unverifiedOf(response).mediaRedirect, signedPath(request.path));
  });
  return router;
}

function list(request: Request<{ account: string; message: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  const message = foundMessage(account, request.params.message, request);
  const media = message.media.filter(createdWithin(request, response));
  sendPage(request, response, "media_list", media, (item) => toJson(account, message, item));
}

function show(request: MediaRequest, response: Response): void {
  const { account, message, media } = found(request, response);
  response.json(toJson(account, message, media));
}

function destroy(request: MediaRequest, response: Response): void {
  const { message, media } = found(request, response);
  message.media = message.media.filter(({ sid }) => sid !== media.sid);
  response.status(204).end();
}

function found(request: MediaRequest, response: Response) {
  const account = accountOf(response, request.params.account);
  const message = foundMessage(account, request.params.message, request);
  const media = message.media.find(({ sid }) => sid === request.params.sid);
  if (!media) throw notFound(request.path);
  return { account, message, media };
}

/** What needs no credentials: the bytes behind a signed address, which even refuses them, and media addresses where they are public. */
export function publicMedia(world: World): RequestHandler {
  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    if (binary.test(request.path) && !unverifiedOf(response).mediaNeedsCredentials)
      return response.redirect(unverifiedOf(response).mediaRedirect, signedPath(request.path));
    if (!request.path.startsWith("/_media/")) return next();
    const path = request.path.slice("/_media".length);
    const media = mediaAt(world.accounts.get(binary.exec(path)?.[1] ?? ""), path);
    if (!media || !isSigned(path, request.query)) return void response.status(403).end();
    if (request.headers.authorization) return void response.status(400).end();
    response.type(media.contentType).set(safely).send(media.content);
  };
}

function mediaAt(account: SandboxAccount | undefined, path: string): SandboxMedia | undefined {
  const [, accountSid, messageSid = "", mediaSid] = binary.exec(path) ?? [];
  if (account?.sid !== accountSid) return undefined;
  return account?.log.find(messageSid)?.media.find(({ sid }) => sid === mediaSid);
}

function createdWithin(request: Request, response: Response): (media: SandboxMedia) => boolean {
  const [from, until] = timeRange(request, response, { field: "DateCreated" });
  return ({ dateCreated }) => dateCreated.getTime() >= from && dateCreated.getTime() <= until;
}

function toJson({ sid }: SandboxAccount, message: SandboxMessage, media: SandboxMedia): object {
  const date = rfc2822(media.dateCreated);
  return {
    sid: media.sid,
    account_sid: sid,
    parent_sid: message.sid,
    content_type: media.contentType,
    date_created: date,
    date_updated: date,
    uri: `/2010-04-01/Accounts/${sid}/Messages/${message.sid}/Media/${media.sid}.json`,
  };
}
