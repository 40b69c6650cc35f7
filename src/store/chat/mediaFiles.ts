import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { NotFound, StoreFull } from "../../models/errors.ts";
import type { LiveEvent } from "../../models/types.ts";
import { chunks } from "../engines/chunks.ts";
import type { Engine } from "../engines/engine.ts";

// Beyond the limit a tenth more goes, so that not every new file has to look for an old one.
const leftShare = 0.9;
const part = /^ME[0-9a-f]{32}$/;

interface KeptFile {
  path: string;
  bytes: number;
  usedAt: number;
}

/** Pictures and files as Twilio had them, each account's in a folder of its own. A cache: whatever is missing is fetched again. */
export class MediaFiles {
  readonly #folder: string;
  readonly #engine: Engine;
  readonly #mostBytes: number;
  /** How much there is, as far as this process knows; undefined before the first look. */
  #bytes: number | undefined;

  constructor(dataDir: string, engine: Engine, mostBytes: number) {
    this.#folder = resolve(dataDir, "media");
    this.#engine = engine;
    this.#mostBytes = mostBytes;
  }

  /** Where it lies; undefined when it has to be fetched. */
  async find(accountSid: string, sid: string): Promise<string | undefined> {
    const path = await this.#pathOf(accountSid, sid);
    const now = new Date();
    // The time tells which were not used for long.
    return utimes(path, now, now).then(
      () => path,
      () => undefined,
    );
  }

  /** Throws StoreFull when the disk has no room for it, and whatever reading it throws. */
  async keep(accountSid: string, sid: string, content: AsyncIterable<Uint8Array>): Promise<string> {
    const path = await this.#pathOf(accountSid, sid);
    const unfinished = `${path}.${randomUUID()}`;
    try {
      await mkdir(join(path, ".."), { recursive: true, mode: 0o700 });
      await pipeline(content, createWriteStream(unfinished, { flags: "wx", mode: 0o600 }));
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw isFull(error) ? new StoreFull({ cause: error }) : error;
    }
    await this.#makeRoom((await stat(path)).size);
    return path;
  }

  /** What another instance has removed goes here, too. */
  async follow(events: LiveEvent[]): Promise<void> {
    if (events.some(({ change }) => change.kind === "signedOut")) await this.sweep();
    const removals = events.filter(({ change }) => change.kind === "messageRemoved");
    for (const accountSid of new Set(removals.map((event) => event.accountSid)))
      await this.#forgetOrphans(accountSid);
  }

  /** Removes what belonged to accounts that are here no more. */
  async sweep(): Promise<void> {
    const folders = await readdir(this.#folder).catch(() => []);
    if (folders.length === 0) return;
    const rows = await this.#keys().execute();
    const alive = new Set(rows.map(({ key }) => String(key)));
    for (const folder of folders.filter((name) => !alive.has(name)))
      await rm(join(this.#folder, folder), { recursive: true, force: true });
  }

  // Those that are no part of any message any more.
  async #forgetOrphans(accountSid: string): Promise<void> {
    const account = await this.#keys().where("account_sid", "=", accountSid).executeTakeFirst();
    if (account === undefined) return;
    const folder = join(this.#folder, String(account.key));
    const names = (await readdir(folder).catch(() => [])).filter((name) => part.test(name));
    for (const chunk of chunks(names)) {
      const rows = await this.#engine.db
        .selectFrom("media")
        .select("sid")
        .where("account", "=", account.key)
        .where("sid", "in", chunk)
        .execute();
      const known = new Set(rows.map(({ sid }) => sid));
      for (const name of chunk) if (!known.has(name)) await rm(join(folder, name), { force: true });
    }
  }

  async #pathOf(accountSid: string, sid: string): Promise<string> {
    const row = await this.#keys().where("account_sid", "=", accountSid).executeTakeFirst();
    if (row === undefined || !part.test(sid)) throw new NotFound();
    return join(this.#folder, String(row.key), sid);
  }

  #keys() {
    return this.#engine.db
      .selectFrom("account_keys")
      .innerJoin("accounts", "accounts.sid", "account_keys.account_sid")
      .select("key")
      .where("leaving", "=", 0);
  }

  async #makeRoom(addedBytes: number): Promise<void> {
    this.#bytes = this.#bytes === undefined ? undefined : this.#bytes + addedBytes;
    if (this.#bytes !== undefined && this.#bytes <= this.#mostBytes) return;
    const files = (await this.#list()).toSorted((a, b) => a.usedAt - b.usedAt);
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const most = bytes > this.#mostBytes ? this.#mostBytes * leftShare : bytes;
    // The newest is about to be shown, however large it is.
    for (const file of files.slice(0, -1)) {
      if (bytes <= most) break;
      await rm(file.path, { force: true });
      bytes -= file.bytes;
    }
    this.#bytes = bytes;
  }

  async #list(): Promise<KeptFile[]> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile());
    const listed = await Promise.all(
      files.map(({ parentPath, name }) => keptFile(join(parentPath, name)).catch(() => undefined)),
    );
    return listed.filter((file) => file !== undefined);
  }
}

async function keptFile(path: string): Promise<KeptFile> {
  const { size, mtimeMs } = await stat(path);
  return { path, bytes: size, usedAt: mtimeMs };
}

function isFull(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === "ENOSPC" || code === "EDQUOT";
}
