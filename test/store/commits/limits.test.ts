import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { usualLimits } from "../../../src/models/limits.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import { engines, openTestStore, query, type TestStore } from "../../support/stores.ts";

const limit = { ...usualLimits.sendsOfSession, points: 3, seconds: 1 };

for (const engine of engines)
  describe(`limits on ${engine}`, () => {
    let opened: TestStore;
    let other: Store;

    beforeAll(async () => {
      opened = await openTestStore(engine);
      other = await openStore(opened.options);
    });
    afterAll(async () => {
      await other.close();
      await opened.close();
    });
    const spend = (key: string, points = 1, store = opened.store) =>
      store.limits.spend("sendsOfSession", limit, key, points);

    test("instances count together, each key by itself, until the time is over", async () => {
      expect(await spend("a", 2)).toBe(0);
      expect(await spend("a", 1, other)).toBe(0);
      const waitMs = await spend("a", 1, other);
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(1_000);
      expect(await spend("a")).toBeGreaterThan(0);
      expect(await spend("b", 3)).toBe(0);
      await expect.poll(() => spend("a"), { interval: 100, timeout: 5_000 }).toBe(0);
    });

    test("what is given back may be spent again", async () => {
      expect(await spend("c", 3)).toBe(0);
      await other.limits.giveBack("sendsOfSession", limit, "c", 3);
      expect(await spend("c", 3)).toBe(0);
    });

    test("no key can be read in what is stored", async () => {
      await spend("203.0.113.77");
      const { dataDir, databaseUrl } = opened.options;
      const stored = databaseUrl
        ? JSON.stringify(await query(databaseUrl, "select * from limits"))
        : readdirSync(dataDir)
            .map((name) => readFileSync(join(dataDir, name), "latin1"))
            .join("");
      expect(stored).toContain("sendsOfSession:");
      expect(stored).not.toContain("203.0.113.77");
    });
  });
