import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { migrations } from "../../../src/store/engines/migrations/migrations.ts";

const folder = join(import.meta.dirname, "../../../src/store/engines/migrations");

test("every numbered migration of the folder stands in the list under its own name, and nothing else", async () => {
  const files = readdirSync(folder).filter((file) => /^\d/.test(file));
  expect(Object.keys(migrations).map((name) => `${name}.ts`)).toEqual(files.sort());
  for (const [name, up] of Object.entries(migrations))
    expect(await import(join(folder, `${name}.ts`)), name).toHaveProperty("up", up);
});
