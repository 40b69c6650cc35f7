import SQLite from "better-sqlite3";
import type { SessionData } from "express-session";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicSessionId } from "../../../src/models/account/sessionIds.ts";
import { openStore, type Store, type StoreOptions } from "../../../src/store/store.ts";
import { account, engines, openTestStore, query, signedIn, type TestStore } from "../../support/stores.ts";

for (const engine of engines)
  describe(`sessions on ${engine}`, () => {
    let opened: TestStore;
    let store: Store;
    let mine: string;

    beforeAll(async () => {
      opened = await openTestStore(engine);
      store = opened.store;
      mine = await signedIn(store);
    });
    afterAll(() => opened.close());

    const get = (id: string, from = store) =>
      new Promise<SessionData | null | undefined>((resolve, reject) =>
        from.sessionStore().get(id, (error, found) => (error ? reject(error as Error) : resolve(found))),
      );
    const done = (call: (answer: (error?: Error | null) => void) => void) =>
      new Promise<void>((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
    const set = (id: string, data: object, to = store) =>
      done((answer) => to.sessionStore().set(id, data as SessionData, answer));
    const touch = (id: string, data: object = {}, to = store) =>
      done((answer) => to.sessionStore().touch?.(id, data as SessionData, answer));
    async function begin(id: string, accountSid = mine, more: object = {}, to = store): Promise<object> {
      const [token] = await to.accounts.tokens(accountSid);
      const data = { cookie: {}, accountSid, tokenId: token?.id, notice: "Saved", ...more };
      await set(id, { ...data, begins: true }, to);
      return data;
    }
    async function rows(options: StoreOptions): Promise<Record<string, unknown>[]> {
      const text = "select * from sessions";
      if (options.databaseUrl) return query(options.databaseUrl, text);
      const file = new SQLite(`${options.dataDir}/parley.db`, { readonly: true });
      const found = file.prepare<[], Record<string, unknown>>(text).all();
      file.close();
      return found;
    }

    test("a session comes back as it was saved, until it is destroyed", async () => {
      const data = await begin("a");
      expect(await get("a")).toEqual(data);
      await set("a", { ...data, notice: "Again" });
      expect(await get("a")).toMatchObject({ notice: "Again" });
      await done((answer) => store.sessionStore().destroy("a", answer));
      expect(await get("a")).toBeNull();
    });

    test("a request that was under way does not bring back a session that has ended", async () => {
      const data = await begin("slow");
      await store.sessions.endAll(mine);
      await set("slow", { ...data, notice: "Bought" });
      expect(await get("slow")).toBeNull();
    });

    test("neither its id nor what it holds can be read in the database", async () => {
      await begin("the-cookie", mine, { notice: "a secret notice" });
      const stored = JSON.stringify(await rows(opened.options));
      expect(stored).not.toContain("the-cookie");
      expect(stored).not.toContain("a secret notice");
    });

    test("the account's sessions are listed, and end one by one or all at once, which is announced", async () => {
      const sid = await signedIn(store);
      await begin("one", sid, { address: "203.0.113.7", userAgent: "Lynx" });
      await begin("two", sid);
      await begin("elsewhere");
      const [one, two] = [publicSessionId("one"), publicSessionId("two")];
      const listed = await store.sessions.list(sid);
      expect(listed.map(({ id }) => id).toSorted()).toEqual([one, two].toSorted());
      expect(listed.find(({ id }) => id === one)).toMatchObject({
        address: "203.0.113.7",
        userAgent: "Lynx",
      });
      expect(await store.sessions.end(mine, one)).toBe(false);
      expect(await store.sessions.end(sid, one)).toBe(true);
      expect(await store.sessions.end(sid, one)).toBe(false);
      await store.sessions.endAll(sid);
      expect(await store.sessions.list(sid)).toEqual([]);
      expect(await get("elsewhere")).not.toBeNull();
      const changes = (await store.events.since(sid, 0))?.map(({ change }) => change);
      expect(changes).toEqual([
        { kind: "sessionsEnded", sessionIds: [one] },
        { kind: "sessionsEnded", sessionIds: [two] },
      ]);
    });

    test("sessions end with the Auth Token they were made with, and those of another go on", async () => {
      const sid = await signedIn(store);
      await begin("old token", sid);
      const [old] = await store.accounts.tokens(sid);
      await store.accounts.save(account(sid), "a newer token");
      await begin("new token", sid);
      await store.accounts.dropToken(sid, old?.id ?? "");
      expect(await get("old token")).toBeNull();
      expect(await get("new token")).not.toBeNull();
      expect((await store.accounts.tokens(sid)).map(({ authToken }) => authToken)).toEqual(["a newer token"]);
    });

    test("with another secret a session is not there", async () => {
      await begin("c");
      const other = await openStore({ ...opened.options, secret: "another secret" });
      expect(await get("c", other)).toBeNull();
      await other.close();
      expect(await get("c")).toMatchObject({ notice: "Saved" });
    });

    test("the account's sessions end with its logout, and cannot be saved after it", async () => {
      const leaving = await signedIn(store);
      const data = await begin("leaving", leaving);
      await begin("staying");
      await store.accounts.erase(leaving);
      await set("leaving", data);
      await expect(set("late", { ...data, begins: true })).rejects.toThrow();
      expect(await Promise.all(["leaving", "late"].map((id) => get(id)))).toEqual([null, null]);
      expect(await get("staying")).toMatchObject({ accountSid: mine });
    });

    test("an account has a hundred sessions, the newest", async () => {
      const sid = await signedIn(store);
      for (let index = 0; index < 102; index += 1) await begin(`many-${index}`, sid);
      expect(await store.sessions.list(sid)).toHaveLength(100);
      expect(await get("many-101")).not.toBeNull();
    });

    test("a session that rests too long, or lives too long, is not there; use prolongs it, the page by itself does not", async () => {
      const terms = { idleMs: 1_000, longestMs: 2_500 };
      const short = await openStore({ ...opened.options, sessionTerms: terms });
      const sid = await signedIn(short);
      const begun = Date.now();
      for (const id of ["resting", "watched", "used"]) await begin(id, sid, {}, short);
      const use = setInterval(() => {
        void touch("used", {}, short);
        void touch("watched", { isUnattended: true }, short);
      }, 50);
      const ends = (id: string) => expect.poll(() => get(id, short), { timeout: 8_000 }).toBeNull();
      await Promise.all([ends("resting"), ends("watched")]);
      expect(Date.now() - begun).toBeGreaterThanOrEqual(1_000);
      expect(await get("used", short)).not.toBeNull();
      expect(await short.accounts.attended()).toContainEqual(account(sid));
      await ends("used");
      expect(Date.now() - begun).toBeGreaterThanOrEqual(2_400);
      clearInterval(use);
      await expect.poll(() => short.accounts.attended()).not.toContainEqual(account(sid));
      expect(await short.accounts.unattendedSince(new Date())).toEqual([sid]);
      expect(await short.accounts.tokens(sid)).toEqual([]);
      await short.close();
    });
  });
