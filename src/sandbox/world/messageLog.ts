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

  /** Puts a message where its time belongs, after that has changed. */
  move(message: SandboxMessage): void {
    if (this.remove(message.sid)) this.add(message);
  }

  find(sid: string): SandboxMessage | undefined {
    return this.#bySid.get(sid);
  }

  remove(sid: string): boolean {
    const message = this.#bySid.get(sid);
    if (!message) return false;
    this.#inOrder.splice(this.#inOrder.lastIndexOf(message), 1);
    return this.#bySid.delete(sid);
  }

  all(): SandboxMessage[] {
    return this.#inOrder.toReversed();
  }

  /** From the first moment up to, not with, the second; oldest first. */
  between(from: Date, until: Date): SandboxMessage[] {
    return this.#inOrder.slice(this.#firstFrom(from.getTime()), this.#firstFrom(until.getTime()));
  }

  #firstFrom(time: number): number {
    let [low, high] = [0, this.#inOrder.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sortTime(this.#inOrder[middle] as SandboxMessage) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Up to `size` matching messages, newest first, next to the one with the given SID; undefined for an unknown SID. */
  page(
    matches: (message: SandboxMessage) => boolean,
    { size, after, before, skipped = 0 }: { size: number; after?: string; before?: string; skipped?: number },
  ): { messages: SandboxMessage[]; more: boolean } | undefined {
    const newer = before !== undefined;
    const token = after ?? before;
    const start = token === undefined ? this.#inOrder.length : this.#indexOf(token);
    if (start < 0) return undefined;
    const step = newer ? 1 : -1;
    const messages: SandboxMessage[] = [];
    let left = skipped;
    for (let index = start + step; index >= 0 && index < this.#inOrder.length; index += step) {
      const message = this.#inOrder[index] as SandboxMessage;
      if (!matches(message)) continue;
      left -= 1;
      if (left >= 0) continue;
      if (messages.length === size) return { messages: newer ? messages.toReversed() : messages, more: true };
      messages.push(message);
    }
    return newer ? { messages: messages.toReversed(), more: true } : { messages, more: false };
  }

  #indexOf(sid: string): number {
    const message = this.#bySid.get(sid);
    return message ? this.#inOrder.lastIndexOf(message) : -1;
  }
}

function sortTime({ dateSent, dateCreated }: SandboxMessage): number {
  return (dateSent ?? dateCreated).getTime();
}
