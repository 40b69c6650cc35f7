import { afterAll, beforeAll, expect, test } from "vitest";
import { publicSessionId } from "../../../src/models/account/sessionIds.ts";
import { Sessions } from "../../../src/models/account/sessions.ts";
import { NotFound } from "../../../src/models/errors.ts";
import { openTestStore, signedIn, type TestStore } from "../../support/stores.ts";

let opened: TestStore;
let sessions: Sessions;
beforeAll(async () => {
  opened = await openTestStore();
  sessions = new Sessions(opened.store);
});
afterAll(() => opened.close());

let count = 0;
/** Signs a browser in; returns the id that its session is known by. */
async function begin(accountSid: string): Promise<string> {
  count += 1;
  const [token] = await opened.store.accounts.tokens(accountSid);
  const data = { accountSid, tokenId: token?.id, userAgent: `Browser ${count}`, begins: true };
  const store = opened.store.sessionStore();
  const id = `cookie ${count}`;
  await new Promise<void>((resolve, reject) =>
    store.set(id, data as never, (error) => (error ? reject(error as Error) : resolve())),
  );
  return publicSessionId(id);
}

const ids = async (accountSid: string) => (await sessions.list(accountSid)).map(({ id }) => id);

test("what a session is known by is not what its cookie holds, and always the same", () => {
  expect(publicSessionId("cookie")).toMatch(/^[0-9a-f]{64}$/);
  expect(publicSessionId("cookie")).toBe(publicSessionId("cookie"));
  expect(publicSessionId("cookie")).not.toBe(publicSessionId("cookie2"));
});

test("a session is ended once; ending it again says that it has ended already", async () => {
  const sid = await signedIn(opened.store);
  const [one, other] = [await begin(sid), await begin(sid)];
  await sessions.end(sid, one);
  expect(await ids(sid)).toEqual([other]);
  await expect(sessions.end(sid, one)).rejects.toThrow(new NotFound("That session has ended already."));
});

test("nobody ends another account's session", async () => {
  const [own, foreign] = [await signedIn(opened.store), await signedIn(opened.store)];
  const theirs = await begin(foreign);
  await expect(sessions.end(own, theirs)).rejects.toThrow(NotFound);
  await begin(own);
  await sessions.endAll(own);
  expect([await ids(own), await ids(foreign)]).toEqual([[], [theirs]]);
});
