import { Router, type Request, type Response } from "express";
import { accountOf } from "../../http/authentication.ts";
import { skewOf } from "../../http/clockSkew.ts";
import { methodNotAllowed, notFound, refusal, TwilioError } from "../../http/errors.ts";
import { formOf, text, texts, type Form } from "../../http/format.ts";
import { pageMeta } from "../../http/pageLinks.ts";
import { pageOf, staleToken } from "../../http/paging.ts";
import { unverifiedOf } from "../../http/worldOf.ts";
import type { SandboxAccount } from "../../world/account.ts";
import { newMessage } from "../../world/newMessage.ts";
import type { SandboxMessage } from "../../world/resources.ts";
import { newSid } from "../../world/sids.ts";
import type { World } from "../../world/world.ts";
import { messageFilter } from "./messageFilter.ts";
import { messageJson } from "./messageJson.ts";
import { checkSending } from "./sendingRules.ts";
import { checkTestMessage } from "./testCredentials.ts";

const base = "/2010-04-01/Accounts/:account/Messages";
const soonestDeletionStates = new Set(["queued", "accepted", "sending", "scheduled"]);

type MessageRequest = Request<{ account: string; sid: string }>;

export function messageRoutes(world: World): Router {
  const router = Router({ caseSensitive: true });
  router
    .route(`${base}.json`)
    .get(list)
    .post((request, response) => create(world, request, response))
    .all(methodNotAllowed);
  router
    .route(`${base}/:sid.json`)
    .get((request, response) => {
      const { account, message } = found(request, response);
      response.json(messageJson(account, message));
    })
    .post((request, response) => {
      const { account, message } = found(request, response);
      change(world, account, message, formOf(request));
      response.json(messageJson(account, message));
    })
    .delete(destroy)
    .all(methodNotAllowed);
  return router;
}

export function foundMessage(account: SandboxAccount, sid: string, request: Request): SandboxMessage {
  const message = account.log.find(sid);
  if (!message) throw notFound(request.path);
  return message;
}

function found(request: MessageRequest, response: Response) {
  const account = accountOf(response, request.params.account);
  return { account, message: foundMessage(account, request.params.sid, request) };
}

function list(request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  const asked = pageOf(request, response);
  const page = account.log.page(messageFilter(request, response), asked);
  if (!page) throw staleToken();
  response.json({
    messages: page.messages.map((message) => messageJson(account, message)),
    ...pageMeta(request, asked, page.messages, page.more),
  });
}

function create(world: World, request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  const form = formOf(request);
  const message =
    response.locals.test === true
      ? testMessage(form, response)
      : world.sending.send(account, checkSending(world, account, { form, skewMs: skewOf(response) }));
  response.status(201).json(messageJson(account, message));
}

/** Redacts (an empty Body) or cancels (Status). */
function change(world: World, account: SandboxAccount, message: SandboxMessage, form: Form): void {
  const status = text(form.Status);
  if (status && status !== "canceled") throw refusal(20001, "Status may only be set to canceled");
  if (status && !world.sending.cancel(account, message))
    throw refusal(30409, "Message cannot be canceled because it is not scheduled");
  if (!("Body" in form)) return;
  if (text(form.Body) !== "") throw refusal(20001, "Body may only be set to an empty string");
  message.body = "";
  message.dateUpdated = new Date();
}

function destroy(request: MessageRequest, response: Response): void {
  const { account, message } = found(request, response);
  if (soonestDeletionStates.has(message.status))
    throw new TwilioError(409, 20009, "Cannot delete message because delivery is not complete");
  account.log.remove(message.sid);
  response.status(204).end();
}

// Looks like any other, but is neither kept nor sent.
function testMessage(form: Form, response: Response): SandboxMessage {
  checkTestMessage(form, unverifiedOf(response));
  const numMedia = texts(form.MediaUrl).length;
  return newMessage({
    sid: newSid(numMedia > 0 ? "MM" : "SM"),
    numMedia,
    from: text(form.From),
    to: text(form.To),
    body: text(form.Body),
    direction: "outbound-api",
    status: "queued",
  });
}
