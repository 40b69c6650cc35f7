import { hkdfSync, scryptSync } from "node:crypto";

export type KeyPurpose = "auth-token" | "session" | "cookie";

const strongFrom = 32;
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const stretched = new Map<string, Buffer>();

/**
 * A key of each secret for one purpose, the one to seal with first. `secret` is one, or several separated by commas, the
 * newest first, so that one can take the other's place. What is short enough to be guessed is stretched, so that each
 * guess takes long; what was sealed before that was done opens all the same.
 */
export function derivedKeys(secret: string, purpose: KeyPurpose): Buffer[] {
  const several = secret.split(",").filter((part) => part !== "");
  const inputs = several.flatMap((part): (string | Buffer)[] =>
    part.length >= strongFrom ? [part] : [stretch(part), part],
  );
  // Before several were possible, a comma was a part of one.
  if (several.length > 1) inputs.push(secret);
  return inputs.map((input) => Buffer.from(hkdfSync("sha256", input, "parley", purpose, 32)));
}

function stretch(secret: string): Buffer {
  const known = stretched.get(secret) ?? scryptSync(secret, "parley", 32, cost);
  stretched.set(secret, known);
  return known;
}
