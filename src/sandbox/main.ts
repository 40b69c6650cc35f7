// `npm run sandbox [seed.json]`: the sandbox alone.
import { readFileSync } from "node:fs";
import { seedSchema } from "./seed.ts";
import { startSandbox } from "./server.ts";

const [file] = process.argv.slice(2);
const seed = file ? seedSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
const sandbox = await startSandbox({ port: Number(process.env.SANDBOX_PORT ?? 4010), seed });

console.log(
  `\nThe sandbox is at ${sandbox.url}. Nothing real is sent, and everything is forgotten when you stop it.\n`,
);
for (const { sid, authToken, type, friendlyName } of sandbox.world.accounts.values()) {
  console.log(`  ${type.padEnd(5)}  ${sid}  ${authToken}  ${friendlyName}`);
}
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
