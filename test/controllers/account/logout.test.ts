import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { anna, beginner, beginnerNumber, ben, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { startParley, type Parley } from "../../support/parley.ts";
import { visit } from "../../support/visitor.ts";

let parley: Parley;
beforeEach(async () => {
  const seed = shopSeed();
  const [account] = seed.accounts;
  if (account) account.history = { messages: 1_500 };
  parley = await startParley({ seed });
});
afterEach(() => parley.close());

test("after logging out, no byte of the account is left in the data folder", async () => {
  const [leaving, staying] = [visit(parley.url), visit(parley.url)];
  await staying.signIn(beginner);
  await staying.submit("/chat", "/targets", {
    phoneNumber: anna,
    twilioNumber: beginnerNumber,
    name: "Stays",
  });
  await leaving.signIn(shop);
  await leaving.submit("/chat", "/targets", {
    phoneNumber: ben,
    twilioNumber: shopNumber,
    name: "Benjamin the Third",
  });
  await historyRead(shop.accountSid);
  const traces = [
    "Benjamin the Third",
    "walnut shelf",
    "Message 1234 of 1500",
    shopNumber,
    anna.slice(2),
    "Walnut",
  ];
  expect(foundIn(parley.dataDir, traces)).toEqual(traces);

  await leaving.submit("/logout", "/logout", { confirmed: "yes" });

  const gone = traces.filter((trace) => trace !== anna.slice(2));
  const found = () => foundIn(parley.dataDir, [...gone, shop.authToken]);
  await expect.poll(found, { timeout: 10_000 }).toEqual([]);
  expect((await staying.get("/chat")).text).toContain("Stays");
});

test("the Auth Token is nowhere in clear while signed in", async () => {
  const visitor = visit(parley.url);
  const answers = [
    await visitor.signIn(shop),
    await visitor.get("/chat"),
    await visitor.get("/admin?country=US"),
  ];
  await historyRead(shop.accountSid);
  expect(foundIn(parley.dataDir, [shop.authToken])).toEqual([]);
  expect(answers.map(({ text, headers }) => JSON.stringify([text, headers])).join()).not.toContain(
    shop.authToken,
  );
});

/** Those of the texts that stand in some file of the folder. */
function foundIn(folder: string, texts: string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.map((file) => readFileSync(join(file.parentPath, file.name)));
  return texts.filter((text) => bytes.some((content) => content.includes(text)));
}

function historyRead(accountSid: string): Promise<void> {
  const { store } = parley.server.dependencies;
  return new Promise((resolve) => {
    const check = async () => {
      if ((await store.syncs.find(accountSid)).state !== "done") return;
      stop();
      resolve();
    };
    const stop = store.events.listen(() => void check());
    void check();
  });
}
