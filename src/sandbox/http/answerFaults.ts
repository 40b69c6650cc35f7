import { on } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { RequestHandler } from "express";
import type { Delivery } from "../world/delivery.ts";
import type { Faults } from "../world/faults.ts";
import { inBackground } from "../world/background.ts";
import type { World } from "../world/world.ts";
import { callOf } from "./apiFaults.ts";

type Answer = Record<string, unknown>;

const defaultDelayMs = 2_000;
const longestWaitMs = 10_000;
const nobody = "0".repeat(32);

/** Lets answers in JSON go wrong or wait, after what was asked for has been done. */
export function answerFaults(world: World): RequestHandler {
  const { faults } = world;
  return (request, response, next) => {
    const call = callOf(request);
    const send = response.json.bind(response);
    response.json = (body: Answer) => {
      const altered = withLinks(faults, call, withEntries(faults, call, body));
      const wanted = waitFor(world, call, body);
      if (wanted) inBackground(wanted.then(() => void (response.closed || send(altered))));
      else send(altered);
      return response;
    };
    next();
  };
}

function withEntries(faults: Faults, call: string, body: Answer): Answer {
  const key = Object.keys(body).find((name) => Array.isArray(body[name]));
  const entries = key && faults.take(["extraEntries"], call)?.body;
  if (!key || !Array.isArray(entries)) return body;
  return { ...body, [key]: [...(entries as unknown[]), ...(body[key] as unknown[])] };
}

function withLinks(faults: Faults, call: string, body: Answer): Answer {
  if (!("next_page_uri" in body) && !("meta" in body)) return body;
  const fault = faults.take(["nextPageRepeats", "nextPageDead"], call);
  if (!fault) return body;
  const meta = body.meta as Record<string, string> | undefined;
  const [here, first] = [meta?.url ?? body.uri, meta?.first_page_url ?? body.first_page_uri] as string[];
  const next = fault.kind === "nextPageRepeats" ? here : `${first}&PageToken=PA${nobody}`;
  return meta ? { ...body, meta: { ...meta, next_page_url: next } } : { ...body, next_page_uri: next };
}

function waitFor(world: World, call: string, { sid }: Answer): Promise<unknown> | undefined {
  const late = world.faults.take(["answerLate"], call);
  if (late) return wait(late.ms ?? defaultDelayMs);
  const isSend = /^POST \S+\/Messages\.json/.test(call) && typeof sid === "string";
  return isSend && world.faults.take(["callbackFirst"], call) ? firstCallback(world, sid) : undefined;
}

async function firstCallback({ events }: World, sid: string): Promise<void> {
  const signal = AbortSignal.timeout(longestWaitMs);
  try {
    for await (const [{ form }] of on(events, "delivery", { signal }) as AsyncIterable<[Delivery]>)
      if (form.MessageSid === sid && form.MessageStatus) return;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
