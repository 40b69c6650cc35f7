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
  answerLost: "Do it, but lose the answer",
  numberSold: "Sell the number to somebody else first",
  messageFails: "Fail the message",
  staysSent: "Leave the message at “sent”",
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
  /** Only for URLs that contain this. */
  path?: string | undefined;
  /** For latency and delays. */
  ms?: number | undefined;
  /** For messageFails: the error code. */
  code?: number | undefined;
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

  /** The fault that shall happen now, counted down; undefined when all is well. */
  take(kinds: FaultKind[], url = ""): Fault | undefined {
    const fault = this.list().find(({ kind, path }) => kinds.includes(kind) && url.includes(path ?? ""));
    if (fault?.times === null || fault === undefined) return fault;
    fault.times -= 1;
    if (fault.times <= 0) this.#active.delete(fault.id);
    this.#onChange();
    return fault;
  }
}
