import { randomUUID } from "node:crypto";

/** What can go wrong on demand, with the sentence that the handset page shows. */
export const faultKinds = {
  latency: "Answer slowly",
  unauthorized: "Refuse the credentials (401)",
  forbidden: "Forbid (403)",
  tooManyRequests: "Too many requests (429, 20429)",
  queueFull: "Sender queue full (429, 21611)",
  serverError: "Fail with an HTML page (500)",
  unavailable: "Be unavailable (503)",
  hang: "Never answer",
  answer: "Do nothing, but answer what the fault says",
  answerLost: "Do it, but lose the answer",
  answerLate: "Do it, but answer late",
  callbackFirst: "Answer a send only after its first callback",
  extraEntries: "Put the fault's entries into a list",
  nextPageRepeats: "Lead from a page of a list to itself",
  nextPageDead: "Lead from a page of a list to one that is gone",
  date: "Tell all times wrong, and the Date header",
  numberSold: "Sell the number to somebody else first",
  messageFails: "Fail the message",
  staysSent: "Leave the message at “sent”",
  codeLoggedLate: "Log its error code late",
  callbackToSmsUrl: "Call back at the number’s SmsUrl",
  webhookLost: "Lose the webhook",
  webhookRepeated: "Send the webhook twice",
  webhookReordered: "Send webhooks in the wrong order",
  webhookDelayed: "Send the webhook late",
  wrongSignature: "Sign the webhook wrongly",
} as const;

export type FaultKind = keyof typeof faultKinds;

export interface Fault {
  id: string;
  kind: FaultKind;
  /** How often it still happens; null for ever. */
  times: number | null;
  /** Only for calls and webhooks of this method. */
  method?: string | undefined;
  /** Only for URLs that contain this; `*` stands for anything. */
  path?: string | undefined;
  /** For latency and delays; for dates how far ahead they are, less than nothing for behind. */
  ms?: number | undefined;
  /** For messageFails: the error code. */
  code?: number | undefined;
  /** For answer. */
  status?: number | undefined;
  headers?: Record<string, string> | undefined;
  /** For answer: text as it is, anything else as JSON. For extraEntries: the entries. */
  body?: unknown;
}

/** The faults that are switched on. */
export class Faults {
  readonly #active = new Map<string, Fault>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  list(): Fault[] {
    return [...this.#active.values()];
  }

  add(fault: Omit<Fault, "id">): Fault {
    const added = { ...fault, id: randomUUID() };
    this.#active.set(added.id, added);
    this.#onChange();
    return added;
  }

  remove(id: string): boolean {
    const removed = this.#active.delete(id);
    this.#onChange();
    return removed;
  }

  reset(): void {
    this.#active.clear();
    this.#onChange();
  }

  /** The fault that shall happen now to a call, e.g. "GET /2010-04-01/…", counted down; undefined when all is well. */
  take(kinds: FaultKind[], call = ""): Fault | undefined {
    const fault = this.list().find((each) => kinds.includes(each.kind) && isMeant(each, call));
    if (fault?.times === null || fault === undefined) return fault;
    fault.times -= 1;
    if (fault.times <= 0) this.#active.delete(fault.id);
    this.#onChange();
    return fault;
  }
}

function isMeant({ method, path = "" }: Fault, call: string): boolean {
  if (method !== undefined && !call.startsWith(`${method} `)) return false;
  let from = 0;
  return path.split("*").every((part) => {
    const at = call.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}
