import type { Account } from "../types.ts";
import { copyVersion, readCopy, type Copy } from "./copyFile.ts";

/** A kind of what people make here and Twilio cannot give back, such as names. */
export interface KeptKind {
  /** What it stands under in a copy. */
  readonly key: string;
  /** "1 name", "214 names". */
  inWords(count: number): string;
  count(accountSid: string): Promise<number>;
  /** Everything of it, as JSON can hold it. */
  copy(accountSid: string): Promise<unknown>;
  /** What was copied once, checked; throws Invalid for anything else. */
  read(copied: unknown): RestorableKind;
}

/** What a copy holds of one kind; restored twice, it changes nothing the second time. */
export interface RestorableKind {
  restore(accountSid: string): Promise<{ restored: number; same: number }>;
}

export interface Restoration {
  /** In words, e.g. "214 names", with how many were the same already. */
  restored: { words: string; same: number }[];
  /** The account that the copy was made of. */
  from: { sid: string; friendlyName: string };
}

/** What people made here: it goes only with a logout that said so, and can be taken away and brought back as a file. */
export class KeptData {
  readonly #kinds: KeptKind[];

  constructor(kinds: KeptKind[]) {
    this.#kinds = kinds;
  }

  /** What there is, in words: ["214 names"]; empty when a logout would lose nothing. */
  async inWords(accountSid: string): Promise<string[]> {
    const counts = await Promise.all(this.#kinds.map((kind) => kind.count(accountSid)));
    return this.#kinds.flatMap((kind, index) => (counts[index] ? [kind.inWords(counts[index])] : []));
  }

  async copy({ sid, friendlyName }: Account): Promise<Copy> {
    const copies = await Promise.all(this.#kinds.map((kind) => kind.copy(sid)));
    return {
      format: "parley-copy",
      version: copyVersion,
      madeAt: new Date().toISOString(),
      account: { sid, friendlyName },
      ...Object.fromEntries(this.#kinds.map(({ key }, index) => [key, copies[index]])),
    };
  }

  /** Brings back what the file holds; where it differs from what is here, the file counts. Throws Invalid before anything is changed. */
  async restore(accountSid: string, text: string): Promise<Restoration> {
    const copied = readCopy(text);
    const found = this.#kinds.filter(({ key }) => copied[key] !== undefined);
    const restorable = found.map((kind) => ({ kind, content: kind.read(copied[kind.key]) }));
    const restored: Restoration["restored"] = [];
    for (const { kind, content } of restorable) {
      const counts = await content.restore(accountSid);
      restored.push({ words: kind.inWords(counts.restored), same: counts.same });
    }
    return { restored, from: copied.account };
  }
}
