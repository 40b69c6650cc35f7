import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const version = "v1.";
const ivBytes = 12;
const tagBytes = 16;

/** Seals texts so that only the same secret, for the same purpose and in the same context, opens them. */
export class Cipher {
  readonly #key: Buffer;

  constructor(secret: string, purpose: "auth-token" | "session") {
    this.#key = Buffer.from(hkdfSync("sha256", secret, "parley", purpose, 32));
  }

  /** `context` is what the text belongs to; it must be the same when opening. */
  seal(text: string, context: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.#key, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return version + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
  }

  /** Undefined when the secret has changed or the text was tampered with. */
  open(sealed: string, context: string): string | undefined {
    if (!sealed.startsWith(version)) return undefined;
    const bytes = Buffer.from(sealed.slice(version.length), "base64url");
    try {
      const decipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
      return text.toString("utf8");
    } catch {
      return undefined;
    }
  }
}
