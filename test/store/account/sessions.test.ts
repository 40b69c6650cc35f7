import type { SessionData } from "express-session";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore, type Store } from "../../../src/store/store.ts";
import { engines, openTestStore, query, signedIn, type TestStore } from "../../support/stores.ts";
import SQLite from "better-sqlite3";

const hour = 60 * 60 * 1_000;

function data(expiresIn: number, more: Record<string, unknown> = {}): SessionData {
  const cookie = { originalMaxAge: 24 * hour, expires: new Date(Date.now() + expiresIn) };
  return { cookie, notice: "Saved", ...more } as unknown as SessionData;
}

for (const engine of engines)
  describe(`sessions on ${engine}`, () => {
    let opened: TestStore;
    let store: Store;

    beforeAll(async () => {
      opened = await openTestStore(engine);
      store = opened.store;
    });
    afterAll(() => opened.close());

    const get = (id: string, from = store) =>
      new Promise<SessionData | null | undefined>((resolve, reject) =>
        from.sessions.get(id, (error, found) => (error ? reject(error as Error) : resolve(found))),
      );
    const done = (call: (answer: (error?: Error | null) => void) => void) =>
      new Promise<void>((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
    const set = (id: string, session: SessionData) =>
      done((answer) => store.sessions.set(id, session, answer));
    const touch = (id: string, session: SessionData) =>
      done((answer) => store.sessions.touch?.(id, session, answer));
    async function rows(): Promise<Record<string, unknown>[]> {
      const text = "select * from sessions";
      if (opened.options.databaseUrl) return query(opened.options.databaseUrl, text);
      const file = new SQLite(`${opened.options.dataDir}/parley.db`, { readonly: true });
      const found = file.prepare<[], Record<string, unknown>>(text).all();
      file.close();
      return found;
    }

    test("a session comes back as it was saved, until it is destroyed", async () => {
      const session = data(hour);
      await set("a", session);
      await set("a", { ...session, notice: "Again" });
      expect(await get("a")).toMatchObject({ notice: "Again", cookie: { expires: session.cookie.expires } });
      await done((answer) => store.sessions.destroy("a", answer));
      expect(await get("a")).toBeNull();
    });

    test("neither its id nor what it holds can be read in the database", async () => {
      await set("the-cookie", data(hour, { notice: "a secret notice" }));
      const stored = JSON.stringify(await rows());
      expect(stored).not.toContain("the-cookie");
      expect(stored).not.toContain("a secret notice");
    });

    test("an expired session is not there", async () => {
      await set("old", data(-1));
      expect(await get("old")).toBeNull();
    });

    test("a touch prolongs a session, and is not written twice within an hour", async () => {
      await set("b", data(2 * hour));
      const before = await get("b");
      await touch("b", data(2 * hour + 1_000));
      expect((await get("b"))?.cookie.expires).toEqual(before?.cookie.expires);
      const later = data(4 * hour);
      await touch("b", later);
      expect((await get("b"))?.cookie.expires).toEqual(later.cookie.expires);
    });

    test("with another secret a session is not there", async () => {
      await set("c", data(hour));
      const other = await openStore({ ...opened.options, secret: "another secret" });
      expect(await get("c", other)).toBeNull();
      await other.close();
      expect(await get("c")).toMatchObject({ notice: "Saved" });
    });

    test("the account's sessions end with its sign-out, and cannot be saved after it", async () => {
      const [mine, theirs] = [await signedIn(store), await signedIn(store)];
      await set("mine", data(hour, { accountSid: mine }));
      await set("theirs", data(hour, { accountSid: theirs }));
      await store.accounts.erase(mine);
      await set("late", data(hour, { accountSid: mine }));
      expect(await get("mine")).toBeNull();
      expect(await get("late")).toBeNull();
      expect(await get("theirs")).toMatchObject({ accountSid: theirs });
    });
  });
