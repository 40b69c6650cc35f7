import type { CallLog, LoggedCall } from "../world/callLog.ts";
import type { Location } from "./location.ts";

const secret = /^(authorization|cookie|set-cookie)$/i;

/** One call as a line of the log, and what opens under it. */
export interface CallLine extends Omit<LoggedCall, "requestHeaders"> {
  path: string;
  /** The text or the state it was about. */
  gist: string;
  /** A webhook that says what an earlier one has said. */
  again: boolean;
  failed: boolean;
  signature: string;
  headers: [name: string, value: string][];
  fields: [name: string, value: string][];
}

/** The chosen part of the log, newest first. */
export function callLines(log: CallLog, { calls, size }: Location): { lines: CallLine[]; more: boolean } {
  const chosen = log.list().filter(({ kind }) => calls === "" || kind === calls);
  const repeated = repeatsIn(log);
  const lines = chosen.slice(0, size).map((call) => lineOf(call, repeated.has(call.id)));
  return { lines, more: chosen.length > size };
}

/** How often the app was told of each message, and its latest answer. */
export function answersTo(log: CallLog): Map<string, { times: number; status: number }> {
  const answers = new Map<string, { times: number; status: number }>();
  for (const { kind, form, status } of log.list().toReversed()) {
    const sid = form.MessageSid;
    if (kind !== "webhook" || sid === undefined || form.SmsStatus !== "received") continue;
    answers.set(sid, { times: (answers.get(sid)?.times ?? 0) + 1, status });
  }
  return answers;
}

function repeatsIn(log: CallLog): Set<string> {
  const said = new Set<string>();
  const repeats = log
    .list()
    .toReversed()
    .filter(({ kind, url, form }) => {
      const key = `${url} ${JSON.stringify(form)}`;
      const known = said.has(key);
      said.add(key);
      return kind === "webhook" && known;
    });
  return new Set(repeats.map(({ id }) => id));
}

function lineOf({ requestHeaders, ...call }: LoggedCall, again: boolean): CallLine {
  const headers = Object.entries(requestHeaders).filter(([, value]) => value !== "");
  const url = withoutPassword(call.url);
  return {
    ...call,
    url,
    path: shortened(url),
    gist: gistOf(call),
    again,
    failed: call.status === 0 || call.status >= 400,
    signature: headers.find(([name]) => name.toLowerCase() === "x-twilio-signature")?.[1] ?? "",
    headers: headers.map(([name, value]) => [name, secret.test(name) ? masked(value) : value]),
    fields: Object.entries(call.form).filter(([, value]) => value !== ""),
    answer: pretty(call.answer),
  };
}

/** "Basic …", or nothing but the dots where no scheme is named. */
function masked(value: string): string {
  return value.replace(/^(\w+ )?.*/s, "$1…");
}

function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.password !== "") url.password = "…";
  return url.password === "" ? address : url.href;
}

function shortened(address: string): string {
  const path = URL.canParse(address) ? new URL(address).pathname : (address.split("?")[0] ?? "");
  return path.replace(/^\/2010-04-01\/Accounts\/AC[0-9a-f]{32}(?=[/.])/, "…");
}

function gistOf({ form, status, answer }: Omit<LoggedCall, "requestHeaders">): string {
  if (form.MessageStatus) return [form.MessageStatus, form.ErrorCode].filter(Boolean).join(" · ");
  if (status >= 400) return /"message":"([^"]+)"/.exec(answer)?.[1] ?? "";
  if (form.Body) return `“${form.Body}”`;
  return form.NumMedia && form.NumMedia !== "0" ? "Picture" : "";
}

function pretty(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return answer;
    throw error;
  }
}
