import * as z from "zod";
import { Invalid } from "../errors.ts";

/** A file that `Restore` takes: everything kept for one account. */
export interface Copy extends Record<string, unknown> {
  format: "parley-copy";
  version: number;
  madeAt: string;
  account: { sid: string; friendlyName: string };
}

// Goes up with every new kind, so that an older Parley refuses the copy and leaves nothing out in silence.
export const copyVersion = 1;
const deepest = 20;
// Five for each name.
const mostParts = 700_000;
const head = z.object({
  format: z.literal("parley-copy"),
  version: z.number().int().positive(),
  account: z.object({ sid: z.string().max(100), friendlyName: z.string().max(200) }),
});

/** The copy in the text of a file. Throws Invalid. */
export function readCopy(text: string): Record<string, unknown> & Pick<Copy, "account"> {
  const copied = head.loose().safeParse(json(text)).data;
  if (copied === undefined)
    throw new Invalid("That file is not a copy from Parley. Choose the one you downloaded.");
  if (copied.version > copyVersion)
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
