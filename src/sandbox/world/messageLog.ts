import type { SandboxMessage } from "./resources.ts";

/** One account's messages, newest first without sorting on every read. */
export class MessageLog {
  readonly #bySid = new Map<string, SandboxMessage>();
  // Oldest first, because new messages come at the end.
  readonly #inOrder: SandboxMessage[] = [];

  add(message: SandboxMessage): void {
    this.#bySid.set(message.sid, message);
    const time = sortTime(message);
    let index = this.#inOrder.length;
    while (index > 0 && sortTime(this.#inOrder[index - 1] as SandboxMessage) > time) index -= 1;
    this.#inOrder.splice(index, 0, message);
  }

  find(sid: string): SandboxMessage | undefined {
    return this.#bySid.get(sid);
  }

  remove(sid: string): boolean {
    const message = this.#bySid.get(sid);
    if (!message) return false;
    this.#inOrder.splice(this.#inOrder.indexOf(message), 1);
    return this.#bySid.delete(sid);
  }

  all(): SandboxMessage[] {
    return this.#inOrder.toReversed();
  }

  /** Up to `size` matching messages, newest first, after the one with the given SID; undefined for an unknown SID. */
  page(
    matches: (message: SandboxMessage) => boolean,
    size: number,
    after?: string,
  ): { messages: SandboxMessage[]; more: boolean } | undefined {
    const start = after === undefined ? this.#inOrder.length : this.#indexOf(after);
    if (start < 0) return undefined;
    const messages: SandboxMessage[] = [];
    for (let index = start - 1; index >= 0; index -= 1) {
      const message = this.#inOrder[index] as SandboxMessage;
      if (!matches(message)) continue;
      if (messages.length === size) return { messages, more: true };
      messages.push(message);
    }
    return { messages, more: false };
  }

  #indexOf(sid: string): number {
    const message = this.#bySid.get(sid);
    return message ? this.#inOrder.lastIndexOf(message) : -1;
  }
}

function sortTime({ dateSent, dateCreated }: SandboxMessage): number {
  return (dateSent ?? dateCreated).getTime();
}
