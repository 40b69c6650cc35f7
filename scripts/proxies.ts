// `npm run proxies`: two instances behind the real Caddy and nginx (whichever are installed), set as docs/deploying.md says.
// While texts, pages and a live stream go through the proxy, both instances restart one after the other. Prints what was refused.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { constants, createGunzip } from "node:zlib";
import { setTimeout as wait } from "node:timers/promises";
import { startSandbox } from "../src/sandbox/server.ts";
import { freePort } from "../test/support/ports.ts";
import { shop, shopSeed } from "../test/support/people.ts";
import { startPostgres } from "../test/support/postgres.ts";
import { startInstance, type Instance } from "../test/support/processes.ts";
import { postSigned, textForm } from "../test/support/twilioForms.ts";
import { visit } from "../test/support/visitor.ts";

interface Proxy {
  name: "caddy" | "nginx";
  start(port: number, upstreams: string[], folder: string): ChildProcess;
}

const betweenRestartsMs = 3_000;
const workers = 8;

const proxies: Proxy[] = [
  {
    name: "caddy",
    start(port, upstreams, folder) {
      const file = join(folder, "Caddyfile");
      // Versions before 2.7 call the buffering of requests differently.
      writeFileSync(
        file,
        `{
          admin off
          auto_https off
        }
        http://127.0.0.1:${port} {
          encode gzip
          reverse_proxy ${upstreams.join(" ")} {
            lb_policy round_robin
            lb_try_duration 5s
            health_uri /readyz
            health_interval 2s
            ${process.env.CADDY_BUFFERING ?? "buffer_requests"}
          }
        }`,
      );
      const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
      return spawn("caddy", ["run", "--config", file, "--adapter", "caddyfile"], { env, stdio: "ignore" });
    },
  },
  {
    name: "nginx",
    start(port, upstreams, folder) {
      const file = join(folder, "nginx.conf");
      const servers = upstreams.map((upstream) => `server ${upstream} max_fails=0;`).join("\n");
      writeFileSync(
        file,
        `daemon off;
        pid ${folder}/pid;
        error_log ${folder}/error.log;
        events {}
        http {
          access_log off;
          client_body_temp_path ${folder}/body;
          proxy_temp_path ${folder}/proxy;
          gzip on;
          gzip_types text/plain text/event-stream application/json;
          upstream parley { ${servers} keepalive 16; }
          server {
            listen 127.0.0.1:${port};
            client_max_body_size 25m;
            location / {
              proxy_pass http://parley;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Host $http_host;
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
              proxy_set_header X-Forwarded-Proto $scheme;
              proxy_next_upstream error timeout non_idempotent;
              proxy_read_timeout 60s;
            }
          }
        }`,
      );
      return spawn("nginx", ["-c", file, "-p", folder], { stdio: "ignore" });
    },
  },
];

const installed = proxies.filter(({ name }) =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name))),
);
if (installed.length === 0) console.log("Neither caddy nor nginx is installed; there is nothing to try.");
for (const proxy of installed) if (!(await tryOut(proxy))) process.exitCode = 1;

async function tryOut(proxy: Proxy): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "parley-proxies-"));
  const postgres = await startPostgres();
  const sandbox = await startSandbox({ seed: shopSeed() });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const instances: Instance[] = [];
  for (const name of ["one", "two"])
    instances.push(
      await startInstance({
        DATA_DIR: join(folder, name),
        DATABASE_URL: postgres.url,
        SESSION_SECRET: "a secret of this script alone",
        TWILIO_API_URL: sandbox.url,
        PUBLIC_URL: url,
        TRUST_PROXY: "1",
        DRAIN_TIME: "5s",
      }),
    );
  const upstreams = instances.map((instance) => new URL(instance.url).host);
  const running = proxy.start(port, upstreams, folder);
  try {
    await untilUp(url);
    return await measure(proxy.name, url, instances);
  } finally {
    const gone = once(running, "exit");
    running.kill("SIGTERM");
    await gone;
    await Promise.all(instances.map((instance) => instance.end("SIGKILL")));
    await sandbox.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(name: string, url: string, instances: Instance[]): Promise<boolean> {
  const visitor = visit(url);
  await visitor.signIn(shop);
  const cookie = visitor.cookie();
  const delays = await liveDelays(url, cookie);
  const answers = new Map<string, number>();
  const stopping = new AbortController();
  const loads = Array.from({ length: workers }, async (_, index) => {
    while (!stopping.signal.aborted) {
      const answer =
        index % 2 === 0 ? postSigned(url, textForm()) : fetch(`${url}/chat`, { headers: { cookie } });
      const word = await answer.then(
        async (response) => {
          await response.arrayBuffer();
          return String(response.status);
        },
        (error: unknown) => String((error as { cause?: { code?: string } }).cause?.code ?? error),
      );
      answers.set(word, (answers.get(word) ?? 0) + 1);
    }
  });
  await wait(2_000);
  for (const instance of instances) {
    await instance.end("SIGTERM");
    await instance.start();
    await wait(betweenRestartsMs);
  }
  stopping.abort();
  await Promise.all(loads);
  const total = [...answers.values()].reduce((sum, count) => sum + count, 0);
  const refused = total - (answers.get("200") ?? 0);
  console.log(
    `${name}: ${refused} of ${total} requests refused during two restarts`,
    Object.fromEntries(answers),
  );
  console.log(`${name}: a text is on an open page after ${delays.median} ms (median of ${delays.count})`);
  return refused === 0 && delays.median < 1_000;
}

/** From the post of a text until it stands in the stream. */
async function liveDelays(url: string, cookie: string): Promise<{ median: number; count: number }> {
  const request = get(`${url}/events?after=0`, {
    headers: { cookie, accept: "text/event-stream", "accept-encoding": "gzip" },
  });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const isPacked = response.headers["content-encoding"] === "gzip";
  const text = isPacked ? response.pipe(createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })) : response;
  let heard = "";
  text.on("data", (chunk: Buffer) => (heard += chunk.toString()));
  for (const side of [response, text]) side.on("error", () => undefined);
  request.on("error", () => undefined);
  const delays: number[] = [];
  for (let count = 0; count < 20; count += 1) {
    const Body = `Text ${count} of ${Date.now()}`;
    const startedAt = performance.now();
    await postSigned(url, textForm({ Body }));
    while (!heard.includes(Body) && performance.now() - startedAt < 5_000) await wait(2);
    delays.push(performance.now() - startedAt);
  }
  request.destroy();
  delays.sort((a, b) => a - b);
  return { median: Math.round(delays[delays.length >> 1] ?? 0), count: delays.length };
}

async function untilUp(url: string): Promise<void> {
  const isUp = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) await wait(50);
}
