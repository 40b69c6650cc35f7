import { Router, type Request, type Response } from "express";
import type { SandboxAccount } from "../../world/account.ts";
import type { Alert } from "../../world/resources.ts";
import { callerOf } from "../../http/authentication.ts";
import { skewOf } from "../../http/clockSkew.ts";
import { iso8601, moment, text } from "../../http/format.ts";
import { lastMoment } from "../../http/timeRange.ts";
import { productUrl, sendProductPage } from "../../http/paging.ts";
import { methodNotAllowed, notFound, refusal } from "../../http/errors.ts";

const base = "/monitor/v1/Alerts";
const levels = ["error", "warning", "notice", "debug"];

export function alertRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router.route(base).get(list).all(methodNotAllowed);
  router.route(`${base}/:sid`).get(show).all(methodNotAllowed);
  return router;
}

function list(request: Request, response: Response): void {
  const account = callerOf(response);
  const alerts = account.alerts.filter(filter(request, response));
  sendProductPage(request, response, "alerts", alerts, (alert) => toJson(account, alert));
}

function show(request: Request<{ sid: string }>, response: Response): void {
  const account = callerOf(response);
  const alert = account.alerts.find(({ sid }) => sid === request.params.sid);
  if (!alert) throw notFound(request.path);
  response.json({
    ...toJson(account, alert),
    request_variables: alert.requestVariables,
    request_headers: alert.requestHeaders,
    response_headers: alert.responseHeaders,
    response_body: alert.responseBody,
  });
}

function filter({ query }: Request, response: Response): (alert: Alert) => boolean {
  const [level, start, end] = [text(query.LogLevel), text(query.StartDate), text(query.EndDate)];
  if (level && !levels.includes(level)) throw refusal(20001, `Invalid LogLevel ${level}`);
  const skew = skewOf(response);
  const from = start ? moment(start) - skew : -Infinity;
  const until = end ? lastMoment(end) - skew : Infinity;
  return ({ logLevel, at }) =>
    (!level || logLevel === level) && at.getTime() >= from && at.getTime() <= until;
}

function toJson({ sid: accountSid }: SandboxAccount, alert: Alert): object {
  const date = iso8601(alert.at);
  return {
    sid: alert.sid,
    account_sid: accountSid,
    error_code: String(alert.errorCode),
    log_level: alert.logLevel,
    alert_text: alert.text,
    more_info: `https://www.twilio.com/docs/errors/${alert.errorCode}`,
    request_method: alert.requestMethod,
    request_url: alert.requestUrl,
    resource_sid: alert.resourceSid,
    service_sid: null,
    api_version: "2010-04-01",
    date_created: date,
    date_generated: date,
    date_updated: date,
    url: productUrl(`${base}/${alert.sid}`),
  };
}
