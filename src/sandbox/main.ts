// `npm run sandbox -- [seed.json] [--host …] [--fast]`: the sandbox alone.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as z from "zod";
import { seedSchema, type Seed } from "./world/seed.ts";
import { startSandbox } from "./server.ts";

try {
  await run();
} catch (error) {
  console.error(`The sandbox cannot start: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { host: { type: "string", default: "127.0.0.1" }, fast: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  const seed = file === undefined ? undefined : readSeed(file);
  const port = Number(process.env.SANDBOX_PORT ?? 4010);
  const timing = { senderRates: !values.fast };
  const sandbox = await startSandbox({ port, host: values.host, seed, timing });
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  console.log(
    `\nThe sandbox is at ${sandbox.url}. Nothing real is sent, and everything is forgotten when you stop it.\n`,
  );
  for (const { sid, authToken, testAuthToken, type, friendlyName } of sandbox.world.accounts.values()) {
    console.log(`  ${type.padEnd(5)}  ${sid}  ${authToken}  ${friendlyName}`);
    console.log(`         for test credentials, with magic numbers:  ${testAuthToken}`);
  }
}

function readSeed(file: string): Seed {
  const parsed = seedSchema.safeParse(readJson(file));
  if (!parsed.success) throw new Error(`${file} is no seed.\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
