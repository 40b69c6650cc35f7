// Bundles the server into dist, or another folder beside src: reading a few files is what makes its start quick.
import { build } from "esbuild";
import { rmSync } from "node:fs";

const [outdir = "dist"] = process.argv.slice(2);

rmSync(outdir, { recursive: true, force: true });
await build({
  // All in one folder, so that the workers are found, and `../views` and `../public` mean what they mean in src.
  entryPoints: {
    main: "src/main.ts",
    scrubWorker: "src/store/engines/sqlite/scrubWorker.ts",
    intakeWorker: "src/store/chat/intakeWorker.ts",
    searchWorker: "src/store/chat/searchWorker.ts",
  },
  outdir,
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node22",
  // Not the names, which stand in stacks.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  sourcemap: "linked",
  sourcesContent: false,
  // It has a binary.
  external: ["better-sqlite3"],
  // Packages in CommonJS ask for Node's own modules with it.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module";const require = requireFrom(import.meta.url);',
  },
  logLevel: "error",
});
