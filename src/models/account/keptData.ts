import * as z from "zod";
import { Invalid } from "../errors.ts";
import type { Account } from "../types.ts";

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

/** A file that `Restore` takes: everything kept for one account. */
export interface Copy extends Record<string, unknown> {
  format: "parley-copy";
  version: number;
  madeAt: string;
  account: { sid: string; friendlyName: string };
}

export interface Restoration {
  /** In words, e.g. "214 names", with how many were the same already. */
  restored: { words: string; same: number }[];
  /** The account that the copy was made of. */
  from: { sid: string; friendlyName: string };
}

// Goes up with every new kind, so that an older Parley refuses the copy and leaves nothing out in silence.
const version = 1;
const deepest = 20;
// Five for each name.
const mostParts = 700_000;
const head = z.object({
  format: z.literal("parley-copy"),
  version: z.number().int().positive(),
  account: z.object({ sid: z.string().max(100), friendlyName: z.string().max(200) }),
});

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
      version,
      madeAt: new Date().toISOString(),
      account: { sid, friendlyName },
      ...Object.fromEntries(this.#kinds.map(({ key }, index) => [key, copies[index]])),
    };
  }

  /** Brings back what the file holds; where it differs from what is here, the file counts. Throws Invalid before anything is changed. */
  async restore(accountSid: string, text: string): Promise<Restoration> {
    const copied = parsed(text);
    const found = this.#kinds.filter(({ key }) => copied[key] !== undefined);
    const restorable = found.map((kind) => ({ kind, content: kind.read(copied[kind.key]) }));
    const restored: Restoration["restored"] = [];
    for (const { kind, content } of restorable) {
      const counts = await content.restore(accountSid);
      restored.push({ words: kind.inWords(counts.restored), same: counts.same });
    }
    return { restored, from: head.parse(copied).account };
  }
}

function parsed(text: string): Record<string, unknown> {
  const copied = head.loose().safeParse(json(text)).data;
  if (copied === undefined)
    throw new Invalid("That file is not a copy from Parley. Choose the one you downloaded.");
  if (copied.version > version)
    throw new Invalid("That copy was made by a newer Parley. Update this one, then restore it.");
  return copied;
}

function json(text: string): unknown {
  try {
    if (isUnreasonable(text)) return undefined;
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

// Brackets within brackets, or values beside one another, by the million take seconds, while everybody else waits.
function isUnreasonable(text: string): boolean {
  let [depth, parts, inText] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (inText && sign === "\\") index += 1;
    else if (sign === '"') inText = !inText;
    else if (inText) continue;
    else if (sign === "[" || sign === "{") [depth, parts] = [depth + 1, parts + 1];
    else if (sign === "]" || sign === "}") depth -= 1;
    else if (sign === "," || sign === ":") parts += 1;
    if (depth < 0 || depth > deepest || parts > mostParts) return true;
  }
  return false;
}
