import { execFile } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { sourceStack } from "../src/stacks.ts";

const contents = `
interface Fault { sentence: string }
export const fail = ({ sentence }: Fault) => new Error(sentence).stack;
console.log(fail({ sentence: "broken" }));
`;

test("a stack out of a bundle names the sources, and any other stays as it is", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "parley-stacks-")));
  const bundle = join(folder, "dist/main.js");
  await build({
    stdin: { contents, sourcefile: "src/faults.ts", loader: "ts", resolveDir: folder },
    ...{ absWorkingDir: folder, outfile: bundle, format: "esm", sourcemap: true, minifyWhitespace: true },
  });
  const { stdout: stack } = await promisify(execFile)(process.execPath, [bundle]);
  expect(stack).toContain(`Error: broken\n    at fail (file://${bundle}:1:`);
  const [, first, second, ...rest] = sourceStack(stack).split("\n");
  expect([first, second]).toEqual([
    `    at fail (${folder}/src/faults.ts:3:46)`,
    `    at ${folder}/src/faults.ts:4:13`,
  ]);
  expect(rest).toEqual(stack.split("\n").slice(3));
  rmSync(folder, { recursive: true });
  const unmapped = "Error: elsewhere\n    at file:///nowhere/main.js:1:2";
  expect(sourceStack(unmapped)).toBe(unmapped);
});
