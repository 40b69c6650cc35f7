import { Router, type Request } from "express";
import type { SandboxAccount } from "../world/account.ts";
import type { SandboxMessage } from "../world/resources.ts";
import type { World } from "../world/world.ts";
import { accountOf } from "./authentication.ts";
import { rfc2822, text } from "./format.ts";
import { pageMeta, pageOf } from "./paging.ts";
import { checkSending } from "./sendingRules.ts";
import { notFound, TwilioError } from "./twilioError.ts";

const base = "/2010-04-01/Accounts/:account/Messages";

export function messageRoutes(world: World): Router {
  const router = Router();
  router.post(`${base}.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const fields = checkSending(
      account,
      request.body as Record<string, unknown>,
      response.locals.test === true,
    );
    response.status(201).json(toJson(account, world.send(account, fields)));
  });
  router.get(`${base}.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const asked = pageOf(request);
    const page = account.log.page(filter(request), asked.size, asked.after);
    if (!page) throw new TwilioError(400, 21481, "Invalid or stale page token");
    const last = page.more ? page.messages.at(-1)?.sid : undefined;
    response.json({
      messages: page.messages.map((message) => toJson(account, message)),
      ...pageMeta(request, asked, page.messages.length, last),
    });
  });
  router.get(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    response.json(toJson(account, found(account, request.params.sid, request)));
  });
  router.post(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const message = found(account, request.params.sid, request);
    if (text((request.body as { Body?: unknown }).Body) !== "")
      throw new TwilioError(400, 20001, "Body may only be set to an empty string");
    message.body = "";
    message.dateUpdated = new Date();
    response.json(toJson(account, message));
  });
  router.delete(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    account.log.remove(found(account, request.params.sid, request).sid);
    response.status(204).end();
  });
  return router;
}

function found(account: SandboxAccount, sid: string, request: Request): SandboxMessage {
  const message = account.log.find(sid);
  if (!message) throw notFound(request.path);
  return message;
}

function filter(request: Request): (message: SandboxMessage) => boolean {
  const from = text(request.query.From);
  const to = text(request.query.To);
  const [earliest, latest] = bounds(request);
  return (message) => {
    const at = (message.dateSent ?? message.dateCreated).getTime();
    return (!from || message.from === from) && (!to || message.to === to) && at >= earliest && at <= latest;
  };
}

/** Both ends inclusive; a bare date means its whole day. Times have whole seconds, as Twilio's have. */
function bounds(request: Request): [number, number] {
  const day = text(request.query.DateSent);
  const from = text(request.query["DateSent>"]) || day;
  const until = text(request.query["DateSent<"]) || day;
  return [
    from ? moment(from) : -Infinity,
    until ? moment(until) + (until.length <= 10 ? 86_400_000 - 1 : 999) : Infinity,
  ];
}

function moment(value: string): number {
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new TwilioError(400, 20001, "Invalid date value");
  return at;
}

function toJson(account: SandboxAccount, message: SandboxMessage): object {
  const uri = `/2010-04-01/Accounts/${account.sid}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: account.sid,
    messaging_service_sid: null,
    from: message.from,
    to: message.to,
    body: message.body,
    direction: message.direction,
    status: message.status,
    num_segments: String(message.numSegments),
    num_media: String(message.media.length),
    price: null,
    price_unit: "USD",
    error_code: message.errorCode,
    error_message: null,
    api_version: "2010-04-01",
    date_created: rfc2822(message.dateCreated),
    date_updated: rfc2822(message.dateUpdated),
    date_sent: rfc2822(message.dateSent),
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}
