import { randomInt } from "node:crypto";
import { Router, type Request, type Response } from "express";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { accountOf } from "../../http/authentication.ts";
import { methodNotAllowed, notFound, refusal } from "../../http/errors.ts";
import { formOf, rfc2822, text } from "../../http/format.ts";
import { sendPage } from "../../http/paging.ts";
import type { SandboxAccount } from "../../world/account.ts";
import type { CallerId } from "../../world/resources.ts";
import { newSid } from "../../world/sids.ts";

const base = "/2010-04-01/Accounts/:account/OutgoingCallerIds";
const longestDelay = 60;

type CallerIdRequest = Request<{ account: string; sid: string }>;

export function callerIdRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(`${base}.json`).get(list).post(create).all(methodNotAllowed);
  router.route(`${base}/:sid.json`).get(show).post(update).delete(destroy).all(methodNotAllowed);
  return router;
}

function list(request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  const [number, name] = [text(request.query.PhoneNumber), text(request.query.FriendlyName)];
  const callerIds = [...account.callerIds.values()].filter(
    ({ phoneNumber, friendlyName }) =>
      (!number || phoneNumber === number) && (!name || friendlyName === name),
  );
  sendPage(request, response, "outgoing_caller_ids", callerIds, (each) => toJson(account, each));
}

// In the sandbox nobody picks up Twilio's call, so the number counts as verified at once.
function create(request: Request<{ account: string }>, response: Response): void {
  const account = accountOf(response, request.params.account);
  const form = formOf(request);
  const parsed = parsePhoneNumberFromString(text(form.PhoneNumber));
  if (!parsed?.isValid()) throw refusal(21211, `Invalid phone number: ${text(form.PhoneNumber)}`);
  if (account.isVerified(parsed.number))
    throw refusal(21450, `Phone number ${parsed.number} is already verified`);
  const delay = Number(text(form.CallDelay) || 0);
  if (!(delay >= 0 && delay <= longestDelay))
    throw refusal(20001, `CallDelay must be between 0 and ${longestDelay}`);
  const name = text(form.FriendlyName) || parsed.formatNational();
  response.json({
    account_sid: account.sid,
    call_sid: newSid("CA"),
    friendly_name: account.verify(parsed.number, name).friendlyName,
    phone_number: parsed.number,
    validation_code: String(randomInt(100_000, 1_000_000)),
  });
}

function show(request: CallerIdRequest, response: Response): void {
  const { account, callerId } = found(request, response);
  response.json(toJson(account, callerId));
}

function update(request: CallerIdRequest, response: Response): void {
  const { account, callerId } = found(request, response);
  callerId.friendlyName = text(formOf(request).FriendlyName) || callerId.friendlyName;
  callerId.dateUpdated = new Date();
  response.json(toJson(account, callerId));
}

function destroy(request: CallerIdRequest, response: Response): void {
  const { account, callerId } = found(request, response);
  account.callerIds.delete(callerId.sid);
  response.status(204).end();
}

function found(request: CallerIdRequest, response: Response) {
  const account = accountOf(response, request.params.account);
  const callerId = account.callerIds.get(request.params.sid);
  if (!callerId) throw notFound(request.path);
  return { account, callerId };
}

function toJson({ sid }: SandboxAccount, callerId: CallerId): object {
  return {
    sid: callerId.sid,
    account_sid: sid,
    friendly_name: callerId.friendlyName,
    phone_number: callerId.phoneNumber,
    date_created: rfc2822(callerId.dateCreated),
    date_updated: rfc2822(callerId.dateUpdated),
    uri: `/2010-04-01/Accounts/${sid}/OutgoingCallerIds/${callerId.sid}.json`,
  };
}
