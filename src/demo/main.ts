// `npm run demo`: a Twilio of our own with two accounts, and Parley pointed at it. Nothing real is sent, nothing is kept.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BadConfig, loadDemoConfig, usualConfig } from "../config.ts";
import { demoSeed } from "./seed.ts";
import { startSandbox } from "../sandbox/server.ts";
import { closeOnSignals, startServer } from "../server.ts";

const host = "127.0.0.1";

try {
  await demo(loadDemoConfig());
} catch (error) {
  if (!(error instanceof BadConfig)) throw error;
  console.error(`The demo cannot start with this configuration:\n${error.message}`);
  process.exitCode = 1;
}

async function demo(config: ReturnType<typeof loadDemoConfig>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "parley-demo-"));
  const port = await freePort(config.port);
  const publicUrl = `http://${host}:${port}`;
  const seed = demoSeed(`${publicUrl}/sms`);
  const sandbox = await startSandbox({
    host,
    port: await freePort(config.sandboxPort),
    seed,
    timing: { senderRates: true },
  });
  const server = await startServer({
    ...usualConfig,
    port,
    host,
    publicUrl,
    sessionSecret: randomBytes(32).toString("base64url"),
    dataDir,
    twilioApiUrl: sandbox.url,
    logLevel: config.logLevel,
  });
  closeOnSignals({
    async close() {
      await server.close();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  });
  console.log(welcome(server.url, sandbox.url, seed));
}

function welcome(parley: string, handset: string, { accounts }: ReturnType<typeof demoSeed>): string {
  const [full, trial] = accounts;
  return `
Parley is running on a Twilio of its own. Nothing real is sent, and everything is forgotten when you stop it.

  1. Open Parley       ${parley}
     and sign in with  Account SID  ${full?.sid}
                       Auth token   ${full?.authToken}

  2. Open the handset  ${handset}
     in a second window: there you are the customer. Text back and forth.

  3. Buy a number on Parley's Admin page. Then log out and try the same on a trial account:
                       Account SID  ${trial?.sid}
                       Auth token   ${trial?.authToken}

Stop with Ctrl+C.
`;
}

/** The wanted port, or any other when it is taken. */
async function freePort(wanted: number): Promise<number> {
  const probe = createServer().listen(wanted, host);
  try {
    await once(probe, "listening");
  } catch {
    return wanted === 0 ? 0 : freePort(0);
  }
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}
