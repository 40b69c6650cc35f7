import { expect, test } from "vitest";
import { fileCircles, folderCircles, parse, partOf, readSources, type Source } from "./support/sources.ts";

const sources = readSources();

/** Each wing may know those before it, never one after it. */
const wings = ["account", "numbers", "chat", "sync"];
const upTo = (part: string, wing: string) =>
  wings.slice(0, wings.indexOf(wing) + 1).map((known) => `${part}/${known}`);
const eachWing = (part: string, arrows: (wing: string) => string[]) =>
  Object.fromEntries(wings.map((wing) => [`${part}/${wing}`, arrows(wing)]));

/**
 * Which room may import which others. A room is a part of src; in models, store and controllers a folder of it, and the
 * files outside those folders. `part/*` is all of a part. Files directly in src stand for themselves.
 */
const arrows: Record<string, string[]> = {
  models: [],
  ...eachWing("models", (wing) => ["models", ...upTo("models", wing)]),
  "models/index.ts": ["models/*"],

  "store/cipher.ts": ["store/keys.ts"],
  "store/keys.ts": [],
  "store/engines": ["models"],
  "store/commits": ["models", "store/engines"],
  ...eachWing("store", (wing) => [
    ...["models", ...upTo("models", wing)],
    ...["store/cipher.ts", "store/engines", "store/commits", ...upTo("store", wing)],
  ]),
  "store/store.ts": ["models/*", "store/*"],
  "store/rescue.ts": ["models/*", "store/*"],

  twilio: ["models/*"],
  push: ["models/*"],
  helpers: ["models/*"],
  live: ["models/*", "helpers"],

  controllers: ["models/*", "helpers"],
  ...eachWing("controllers", () => ["models/*", "helpers", "controllers"]),
  "controllers/webhooks": ["models/*", "helpers", "controllers"],
  "controllers/index.ts": ["models/*", "controllers/*"],
  middleware: ["models/*", "helpers"],
  routes: ["models/*", "helpers", "middleware", "controllers/*"],
  browser: ["models/*", "helpers"],

  config: [],
  "config.ts": ["config"],
  "metrics.ts": [],
  "log.ts": [],
  "stacks.ts": [],
  "templates.ts": [],
  "dependencies.ts": [
    ...[
      "config.ts",
      "metrics.ts",
      "models/*",
      "store/store.ts",
      "store/keys.ts",
      "templates.ts",
      "twilio",
      "push",
    ],
    ...["live", "helpers", "controllers/index.ts"],
  ],
  "app.ts": ["dependencies.ts", "middleware", "routes", "templates.ts"],
  "server.ts": ["app.ts", "config.ts", "config", "dependencies.ts", "helpers", "log.ts", "stacks.ts"],
  "rescue.ts": ["models/*", "store/rescue.ts"],
  "main.ts": ["config.ts", "rescue.ts", "server.ts", "models"],
  demo: ["config.ts", "server.ts", "sandbox"],
  sandbox: [],
};

/** The one part that may import a package. */
const homes: Record<string, string> = {
  twilio: "twilio",
  kysely: "store",
  "better-sqlite3": "store",
  pg: "store",
  "web-push": "push",
};
const modelPackages = ["libphonenumber-js", "lru-cache", "sms-segments-calculator", "zod"];

const environmentReaders = ["config.ts", "sandbox/main.ts"];
const readsEnvironment = [
  /\bprocess\s*\??\.\s*env\b/,
  /\bprocess\s*(\?\.)?\[\s*["'`]env/,
  /\benv\b[^{}=;]*\}\s*=\s*process\b/,
  /from "(node:)?process"/,
];

test("dependencies point one way", () => {
  expect(sources.length).toBeGreaterThan(150);
  expect(forbiddenArrows(sources)).toEqual([]);
});

test("no file imports itself in a circle", () => {
  expect(fileCircles(sources)).toEqual([]);
});

test("no folder imports itself in a circle", () => {
  expect(folderCircles(sources)).toEqual([]);
});

test("the SDK and the database drivers stay in their places, and models stand on little", () => {
  expect(strayPackages(sources)).toEqual([]);
});

test("only the configuration reads the environment", () => {
  expect(environmentReads(sources)).toEqual([]);
});

test.each([
  ["models/planted.ts", 'import { openStore } from "../store/store.ts";', forbiddenArrows],
  ["models/planted.ts", 'import { Accounts } from "./account/accounts.ts";', forbiddenArrows],
  ["models/account/planted.ts", 'import { Numbers } from "../numbers/numbers.ts";', forbiddenArrows],
  ["models/chat/planted.ts", 'import type { Sync } from "../sync/history.ts";', forbiddenArrows],
  ["models/chat/planted.ts", 'export * from "../index.ts";', forbiddenArrows],
  ["store/numbers/planted.ts", 'import { messageRow } from "../chat/messageRows.ts";', forbiddenArrows],
  ["store/account/planted.ts", 'import { taken } from "../../models/chat/intake.ts";', forbiddenArrows],
  ["store/engines/planted.ts", 'import { Writer } from "../commits/writer.ts";', forbiddenArrows],
  ["controllers/chat/planted.ts", 'import { showAdmin } from "../numbers/adminPage.ts";', forbiddenArrows],
  ["controllers/planted.ts", 'import { Hub } from "../live/hub.ts";', forbiddenArrows],
  ["controllers/planted.ts", 'import type { Hub } from "../live/hub.ts";', forbiddenArrows],
  ["live/planted.ts", 'type Hub = import("../middleware/pages.ts").Alert;', forbiddenArrows],
  ["sandbox/planted.ts", 'const { paths } = await import("../helpers/paths.ts");', forbiddenArrows],
  ["workers/planted.ts", 'import { mayMove } from "../models/chat/messageStatus.ts";', forbiddenArrows],
  ["app.ts", 'import { startSandbox } from "./sandbox/server.ts";', forbiddenArrows],
  ["server.ts", 'import { openStore } from "./store/store.ts";', forbiddenArrows],
  ["main.ts", 'import { createApp } from "./app.ts";', forbiddenArrows],
  ["dependencies.ts", 'import { startServer } from "./server.ts";', forbiddenArrows],
  ["config.ts", 'import { paths } from "./helpers/paths.ts";', forbiddenArrows],
  ["planted.ts", 'import { paths } from "./helpers/paths.ts";', forbiddenArrows],
  ["models/types.ts", 'import type { LiveCursor } from "./events.ts";', fileCircles],
  ["store/engines/sqlite/connection.ts", 'import "../postgres/connection.ts";', folderCircles],
  ["models/planted.ts", 'import twilio from "twilio";', strayPackages],
  ["controllers/planted.ts", 'import { Kysely } from "kysely";', strayPackages],
  ["server.ts", 'import "pg";', strayPackages],
  ["live/planted.ts", 'export { Twilio } from "twilio/lib/index.js";', strayPackages],
  ["routes/planted.ts", 'const { default: sqlite } = await import("better-sqlite3");', strayPackages],
  ["helpers/planted.ts", 'const push = createRequire(import.meta.url)("web-push");', strayPackages],
  ["helpers/planted.ts", 'const push = require("web-push");', strayPackages],
  ["models/chat/planted.ts", 'import express from "express";', strayPackages],
  ["server.ts", "export const port = process.env.PORT;", environmentReads],
  ["server.ts", 'export const port = process["env"].PORT;', environmentReads],
  ["models/planted.ts", "const { env } = process;", environmentReads],
  ["twilio/planted.ts", 'import { env } from "node:process";', environmentReads],
])("a planted violation in %s is found: %s", (file, line, check) => {
  expect(check(planted(file, line)).length).toBeGreaterThan(check(sources).length);
});

/** The sources, with this line in a file of them or in a new one. The other half of a circle of folders is planted, too. */
function planted(file: string, line: string): Source[] {
  const text = sources.find((source) => source.file === file)?.text ?? "";
  const other = parse("store/engines/postgres/planted.ts", 'import "../sqlite/engine.ts";');
  return [...sources.filter((source) => source.file !== file), parse(file, `${line}\n${text}`), other];
}

function forbiddenArrows(sources: Source[]): string[] {
  return sources.flatMap(({ file, imports }) => {
    const from = roomOf(file);
    const allowed = arrows[from];
    if (allowed === undefined) return [`${file}: no arrow is drawn for ${from}`];
    return imports.filter((to) => !isAllowed(allowed, from, roomOf(to))).map((to) => `${file} → ${to}`);
  });
}

function isAllowed(allowed: string[], from: string, to: string): boolean {
  return from === to || allowed.includes(to) || allowed.includes(`${partOf(to)}/*`);
}

function strayPackages(sources: Source[]): string[] {
  return sources.flatMap(({ file, packages }) =>
    packages.filter((name) => !mayUse(partOf(file), name)).map((name) => `${file}: ${name}`),
  );
}

function mayUse(part: string, name: string): boolean {
  const [root = ""] = name.split("/");
  if (part === "models") return root.startsWith("node:") || modelPackages.includes(root);
  return homes[root] === undefined || homes[root] === part;
}

function environmentReads(sources: Source[]): string[] {
  return sources
    .filter(
      ({ file, text }) =>
        readsEnvironment.some((pattern) => pattern.test(text)) && !environmentReaders.includes(file),
    )
    .map(({ file }) => file);
}

function roomOf(file: string): string {
  const part = partOf(file);
  if (!["models", "store", "controllers"].includes(part)) return part;
  const [, second = ""] = file.split("/");
  return second.endsWith(".ts") && !(`${part}/${second}` in arrows) ? part : `${part}/${second}`;
}
