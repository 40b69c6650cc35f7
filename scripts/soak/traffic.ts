import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { phones, twilioNumbers, type Arena } from "./arena.ts";

export interface Traffic {
  textsIn: number;
  /** Bodies of the messages that Parley has taken. */
  sent: Set<string>;
  /** Answers to forms that nobody should see, by HTTP status. */
  unexpected: Map<number, number>;
  stop(): Promise<void>;
}

const senders = 8;
const taken = [201, 303];
const tryAgain = [0, 502, 503, 504];

/** Texts both ways, as fast as they are answered, until stopped or until there were so many. */
export async function startTraffic(arena: Arena, most: number): Promise<Traffic> {
  let stopped = false;
  let started = phones.length;
  const traffic: Traffic = {
    textsIn: 0,
    sent: new Set(),
    unexpected: new Map(),
    async stop() {
      stopped = true;
      await Promise.all(busy);
    },
  };
  // Everybody texts once before anybody is answered.
  for (const from of phones) await textIn(from);
  const busy = [...Array(senders * 2).keys()].map(async (sender) => {
    while (!stopped && started < most) {
      started += 1;
      await (sender % 2 ? textIn(any(phones)) : textOut());
    }
  });
  return traffic;

  async function textIn(from: string): Promise<void> {
    traffic.textsIn += 1;
    await arena.sandbox.world.phoneTexts({ from, to: any(twilioNumbers), body: `In ${traffic.textsIn}` });
  }

  // Like a person, who sends a form again when its answer does not come.
  async function textOut(): Promise<void> {
    const id = randomUUID();
    const form = { _csrf: arena.person.csrf, formId: id, body: `Out ${id}` };
    const path = `/chat/${encodeURIComponent(any(twilioNumbers))}/${encodeURIComponent(any(phones))}/messages`;
    const accept = any(["text/html", "text/vnd.turbo-stream.html, text/html"]);
    for (;;) {
      const status = await post(arena.url + path, form, { accept, cookie: arena.person.cookie });
      if (taken.includes(status)) return void traffic.sent.add(form.body);
      if (!tryAgain.includes(status))
        return void traffic.unexpected.set(status, (traffic.unexpected.get(status) ?? 0) + 1);
      await wait(200);
    }
  }
}

async function post(url: string, form: Record<string, string>, headers: Record<string, string>) {
  const signal = AbortSignal.timeout(30_000);
  try {
    const body = new URLSearchParams(form);
    const answer = await fetch(url, { method: "POST", redirect: "manual", body, headers, signal });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

export function any<T>(things: T[]): T {
  return things[Math.floor(Math.random() * things.length)] as T;
}
