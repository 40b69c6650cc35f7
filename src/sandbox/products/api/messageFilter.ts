import type { Request, Response } from "express";
import { text } from "../../http/format.ts";
import { timeRange } from "../../http/timeRange.ts";
import { unverifiedOf } from "../../http/worldOf.ts";
import type { SandboxMessage } from "../../world/resources.ts";

/** Which messages a list asks for. */
export function messageFilter(request: Request, response: Response): (message: SandboxMessage) => boolean {
  const from = text(request.query.From);
  const to = text(request.query.To);
  const daysOnly = unverifiedOf(response).dateFilters === "day";
  const [earliest, latest] = timeRange(request, response, { field: "DateSent", daysOnly });
  return (message) => {
    const at = (message.dateSent ?? message.dateCreated).getTime();
    return (!from || message.from === from) && (!to || message.to === to) && at >= earliest && at <= latest;
  };
}
