import { LRUCache } from "lru-cache";
import type { Accounts } from "../account/accounts.ts";
import { NotFound, ParleyError } from "../errors.ts";
import { Turns } from "../turns.ts";
import type { MediaPart, Message } from "../types.ts";
import type { MediaStore, MessageStore } from "./store.ts";
import type { MediaApi } from "./twilio.ts";

const minuteMs = 60_000;
// Twilio may not have it yet: the webhook is sometimes first, and what was sent is fetched from its sender.
const freshMs = 10 * minuteMs;
const askedAgainMs = 5 * minuteMs;
const mostRemembered = 20_000;
const listsAtOnce = 3;
const filesAtOnce = 4;

export interface MediaFile {
  part: MediaPart;
  /** Where its bytes lie on this machine. */
  path: string;
}

interface MediaParts {
  accounts: Accounts;
  /** Told about what nobody waits for. */
  onError: (error: unknown) => void;
}

/** The pictures and files of messages: which there are, and their bytes, both brought from Twilio when somebody looks. */
export class Media {
  readonly #store: { media: MediaStore; messages: MessageStore };
  readonly #twilio: MediaApi;
  readonly #accounts: Accounts;
  readonly #onError: (error: unknown) => void;
  readonly #lists = new Turns(listsAtOnce);
  readonly #files = new Turns(filesAtOnce);
  readonly #asked = new LRUCache<string, true>({ max: mostRemembered, ttl: askedAgainMs });
  readonly #coming = new Map<string, Promise<string>>();
  readonly #underWay = new Set<Promise<void>>();
  #isStopped = false;

  constructor(
    store: { media: MediaStore; messages: MessageStore },
    twilio: MediaApi,
    { accounts, onError }: MediaParts,
  ) {
    this.#store = store;
    this.#twilio = twilio;
    this.#accounts = accounts;
    this.#onError = onError;
  }

  /** Asks Twilio, in the background, for the parts of these messages that are not known; the log tells only how many. */
  complete(accountSid: string, messages: readonly Message[]): void {
    for (const message of messages) {
      if (message.numMedia === 0 || message.media !== undefined || message.sid === null) continue;
      const key = `${accountSid} ${message.id}`;
      if (this.#asked.has(key)) continue;
      this.#asked.set(key, true);
      const work = this.#lists
        .run(accountSid, () => this.#ask(accountSid, message))
        .catch((error: unknown) => this.#tell(error))
        .finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    }
  }

  /** A part of a message, its bytes brought here first if need be. Throws NotFound, TooLarge, and what calls to Twilio throw. */
  async open(accountSid: string, messageId: string, position: number): Promise<MediaFile> {
    const message = await this.#store.messages.find(accountSid, messageId);
    const part = message?.media?.[position];
    if (!message || !part) throw new NotFound("That attachment is not here any more.");
    const path = await this.#store.media.file(accountSid, part.sid);
    return { part, path: path ?? (await this.#bringOnce(accountSid, message, part)) };
  }

  /** Resolves when nothing is asked any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#underWay, ...[...this.#coming.values()].map((each) => each.catch(() => ""))]);
  }

  async #ask(accountSid: string, message: Message): Promise<void> {
    if (this.#isStopped) return;
    const credentials = await this.#accounts.credentials(accountSid);
    const parts = await this.#twilio.listMedia(credentials, message.sid ?? "");
    if (parts.length === 0 && isFresh(message)) return;
    await this.#store.media.keep(accountSid, message.id, parts);
  }

  #bringOnce(accountSid: string, message: Message, part: MediaPart): Promise<string> {
    const key = `${accountSid} ${part.sid}`;
    const coming =
      this.#coming.get(key) ??
      this.#files
        .run(accountSid, () => this.#bring(accountSid, message, part))
        .finally(() => this.#coming.delete(key));
    this.#coming.set(key, coming);
    return coming;
  }

  async #bring(accountSid: string, message: Message, { sid }: MediaPart): Promise<string> {
    // Another may just have brought it.
    const path = await this.#store.media.file(accountSid, sid);
    if (path !== undefined) return path;
    const credentials = await this.#accounts.credentials(accountSid);
    const wanted = { messageSid: message.sid ?? "", sid, isFresh: isFresh(message) };
    const content = await this.#twilio.fetchMedia(credentials, wanted);
    if (content === undefined) throw new NotFound("Twilio no longer has this attachment.");
    return this.#store.media.keepFile(accountSid, sid, content);
  }

  // What Twilio cannot say now it is asked again when somebody looks again.
  #tell(error: unknown): void {
    if (!(error instanceof ParleyError)) this.#onError(error);
  }
}

function isFresh({ at }: Message): boolean {
  return Date.now() - at.getTime() < freshMs;
}
