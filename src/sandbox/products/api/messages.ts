import { Router, type Request, type Response } from "express";
import type { SandboxAccount } from "../../world/account.ts";
import { newMessage } from "../../world/newMessage.ts";
import type { SandboxMessage } from "../../world/resources.ts";
import { newSid } from "../../world/sids.ts";
import type { World } from "../../world/world.ts";
import { accountOf } from "../../http/authentication.ts";
import { formOf, moment, text, texts, type Form } from "../../http/format.ts";
import { messageJson } from "./messageJson.ts";
import { pageMeta, pageOf, staleToken } from "../../http/paging.ts";
import { checkSending } from "./sendingRules.ts";
import { unverifiedOf } from "../../http/unverified.ts";
import { checkTestMessage } from "./testCredentials.ts";
import { notFound, refusal, TwilioError } from "../../http/errors.ts";

const base = "/2010-04-01/Accounts/:account/Messages";
const dayMs = 86_400_000;
const soonestDeletionStates = new Set(["queued", "accepted", "sending", "scheduled"]);

export function messageRoutes(world: World): Router {
  const router = Router({ caseSensitive: true });
  router.post(`${base}.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const form = formOf(request);
    const message =
      response.locals.test === true
        ? testMessage(form, response)
        : world.send(account, checkSending(world, account, form));
    response.status(201).json(messageJson(account, message));
  });
  router.get(`${base}.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const asked = pageOf(request, response);
    const page = account.log.page(filter(request, response), asked);
    if (!page) throw staleToken();
    response.json({
      messages: page.messages.map((message) => messageJson(account, message)),
      ...pageMeta(request, asked, page.messages, page.more),
    });
  });
  router.get(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    response.json(messageJson(account, foundMessage(account, request.params.sid, request)));
  });
  router.post(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const message = foundMessage(account, request.params.sid, request);
    change(world, account, message, formOf(request));
    response.json(messageJson(account, message));
  });
  router.delete(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const message = foundMessage(account, request.params.sid, request);
    if (soonestDeletionStates.has(message.status))
      throw new TwilioError(409, 20009, "Cannot delete message because delivery is not complete");
    account.log.remove(message.sid);
    response.status(204).end();
  });
  return router;
}

export function foundMessage(account: SandboxAccount, sid: string, request: Request): SandboxMessage {
  const message = account.log.find(sid);
  if (!message) throw notFound(request.path);
  return message;
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

function filter(request: Request, response: Response): (message: SandboxMessage) => boolean {
  const from = text(request.query.From);
  const to = text(request.query.To);
  const [earliest, latest] = bounds(request, unverifiedOf(response).dateFilters);
  return (message) => {
    const at = (message.dateSent ?? message.dateCreated).getTime();
    return (!from || message.from === from) && (!to || message.to === to) && at >= earliest && at <= latest;
  };
}

/** Both ends inclusive; a bare date means its whole day. Times have whole seconds, as Twilio's have. */
function bounds(request: Request, finest: "second" | "day"): [number, number] {
  const cut = (value: string) => (finest === "day" ? value.slice(0, 10) : value);
  const day = cut(text(request.query.DateSent));
  const from = cut(text(request.query["DateSent>"])) || day;
  const until = cut(text(request.query["DateSent<"])) || day;
  return [
    from ? moment(from) : -Infinity,
    until ? moment(until) + (until.length <= 10 ? dayMs - 1 : 999) : Infinity,
  ];
}
