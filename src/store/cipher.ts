import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { derivedKeys, type KeyPurpose } from "./keys.ts";

const algorithm = "aes-256-gcm";
const version = "v1.";
const ivBytes = 12;
const tagBytes = 16;

/** Seals texts so that only one of the same secrets, for the same purpose and in the same context, opens them. */
export class Cipher {
  readonly #keys: Buffer[];

  constructor(secret: string, purpose: KeyPurpose) {
    this.#keys = derivedKeys(secret, purpose);
  }

  /** `context` is what the text belongs to; it must be the same when opening. */
  seal(text: string, context: string): string {
    const iv = randomBytes(ivBytes);
    const [key = Buffer.alloc(0)] = this.#keys;
    const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return version + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
  }

  /** Undefined when the secret has changed or the text was tampered with. */
  open(sealed: string, context: string): string | undefined {
    if (!sealed.startsWith(version)) return undefined;
    const bytes = Buffer.from(sealed.slice(version.length), "base64url");
    for (const key of this.#keys) {
      const text = opened(key, bytes, context);
      if (text !== undefined) return text;
    }
    return undefined;
  }
}

function opened(key: Buffer, bytes: Buffer, context: string): string | undefined {
  try {
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    return text.toString("utf8");
  } catch {
    return undefined;
  }
}
