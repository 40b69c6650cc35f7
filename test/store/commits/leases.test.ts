import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LeaseStore } from "../../../src/models/leases.ts";
import { Leases } from "../../../src/store/commits/leases.ts";
import { openPostgres } from "../../../src/store/engines/postgres/engine.ts";
import { openSqlite } from "../../../src/store/engines/sqlite/engine.ts";
import type { Engine } from "../../../src/store/engines/engine.ts";
import { engines, openTestStore, type TestStore } from "../../support/stores.ts";

const term = 30_000;
const tooFar = 24 * 3_600_000;

for (const name of engines)
  describe(`a lease on ${name}`, () => {
    let opened: TestStore;
    let engine: Engine;
    let leases: LeaseStore;

    beforeAll(async () => {
      opened = await openTestStore(name);
      const { dataDir, databaseUrl } = opened.options;
      engine = databaseUrl ? openPostgres(databaseUrl, () => undefined) : openSqlite(dataDir);
      leases = new Leases(engine);
    });
    afterAll(async () => {
      await engine.db.destroy();
      await opened.close();
    });
    beforeEach(() => engine.db.deleteFrom("leases").execute());

    test("is its holder's until it lapses or is released", async () => {
      expect(await leases.take("poll", "one", term)).toBe(true);
      expect(await leases.take("poll", "one", term)).toBe(true);
      expect(await leases.take("poll", "two", term)).toBe(false);
      expect(await leases.take("other", "two", term)).toBe(true);
      await leases.release("poll", "two");
      expect(await leases.take("poll", "two", term)).toBe(false);
      await leases.release("poll", "one");
      expect(await leases.take("poll", "two", term)).toBe(true);
      expect(await leases.take("poll", "two", 0)).toBe(true);
      expect(await leases.take("poll", "one", term)).toBe(true);
    });

    test("that reaches further than any term was given by a wrong clock, and holds nobody off", async () => {
      await leases.take("poll", "one", tooFar);
      expect(await leases.take("poll", "two", term)).toBe(true);
      await leases.take("one", "one", tooFar);
      expect(await leases.alive(["one"])).toEqual(new Set());
    });

    test("under the holder's own name says that it is alive, until it lapses", async () => {
      await leases.take("one", "one", term);
      await leases.take("two", "two", 0);
      expect(await leases.alive(["one", "two", "three", "one"])).toEqual(new Set(["one"]));
      expect(await leases.alive([])).toEqual(new Set());
    });
  });
