import { randomInt } from "node:crypto";
import { Router, type Request } from "express";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { SandboxAccount } from "../../world/account.ts";
import type { CallerId } from "../../world/resources.ts";
import { newSid } from "../../world/sids.ts";
import { accountOf } from "../../http/authentication.ts";
import { formOf, rfc2822, text } from "../../http/format.ts";
import { sendPage } from "../../http/paging.ts";
import { notFound, refusal } from "../../http/errors.ts";

const base = "/2010-04-01/Accounts/:account/OutgoingCallerIds";

export function callerIdRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.get(`${base}.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const [number, name] = [text(request.query.PhoneNumber), text(request.query.FriendlyName)];
    const callerIds = [...account.callerIds.values()].filter(
      ({ phoneNumber, friendlyName }) =>
        (!number || phoneNumber === number) && (!name || friendlyName === name),
    );
    sendPage(request, response, "outgoing_caller_ids", callerIds, (each) => toJson(account, each));
  });
  // In the sandbox nobody picks up Twilio's call, so the number counts as verified at once.
  router.post(`${base}.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const form = formOf(request);
    const parsed = parsePhoneNumberFromString(text(form.PhoneNumber));
    if (!parsed?.isValid()) throw refusal(21211, `Invalid phone number: ${text(form.PhoneNumber)}`);
    if (account.isVerified(parsed.number))
      throw refusal(21450, `Phone number ${parsed.number} is already verified`);
    const delay = Number(text(form.CallDelay) || 0);
    if (!(delay >= 0 && delay <= 60)) throw refusal(20001, "CallDelay must be between 0 and 60");
    const { friendlyName } = account.verify(
      parsed.number,
      text(form.FriendlyName) || parsed.formatNational(),
    );
    response.json({
      account_sid: account.sid,
      call_sid: newSid("CA"),
      friendly_name: friendlyName,
      phone_number: parsed.number,
      validation_code: String(randomInt(100_000, 1_000_000)),
    });
  });
  router.get(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    response.json(toJson(account, found(account, request.params.sid, request)));
  });
  router.post(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    const callerId = found(account, request.params.sid, request);
    callerId.friendlyName = text(formOf(request).FriendlyName) || callerId.friendlyName;
    callerId.dateUpdated = new Date();
    response.json(toJson(account, callerId));
  });
  router.delete(`${base}/:sid.json`, (request, response) => {
    const account = accountOf(response, request.params.account);
    account.callerIds.delete(found(account, request.params.sid, request).sid);
    response.status(204).end();
  });
  return router;
}

function found(account: SandboxAccount, sid: string, request: Request): CallerId {
  const callerId = account.callerIds.get(sid);
  if (!callerId) throw notFound(request.path);
  return callerId;
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
