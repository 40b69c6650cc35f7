import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { createListener } from "./app.ts";
import type { Config } from "./config.ts";
import { warnings } from "./config/warnings.ts";
import { createDependencies, type Dependencies, type Tuning } from "./dependencies.ts";
import { paths } from "./helpers/paths.ts";
import { createLog } from "./log.ts";
import { sourceStack } from "./stacks.ts";

export interface RunningServer {
  /** Where it listens, e.g. http://127.0.0.1:3000. */
  url: string;
  dependencies: Dependencies;
  /** Lets requests under way end, then closes everything. */
  close(): Promise<void>;
}

// A browser or a proxy needs milliseconds for these; who sends byte by byte must not hold a connection for long.
const patience = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
};
const stalledMs = 45_000;
// Live streams of some thousand pages, and everything else.
const mostConnections = 10_000;
const mostPipelined = 30;
const crowded = 0.9 * mostConnections;

/** Dependencies, app, listen. */
export async function startServer(config: Config, tuning?: Tuning): Promise<RunningServer> {
  const log = createLog(config.logLevel);
  const hooks = {
    report: (error: unknown, context: object = {}) => log.error({ ...context, err: plain(error) }, "error"),
    audit: (line: object) => log.info(line, "audit"),
    onCall: (call: object) => log.debug(call, "Twilio"),
  };
  const dependencies = await createDependencies(config, hooks, tuning);
  for (const warning of warnings(config)) log.warn(warning);
  const server = createServer(patience, unpipelined(createListener(dependencies)));
  server.maxConnections = mostConnections;
  // Who asks for much and does not read it; live streams say something more often.
  server.timeout = stalledMs;
  makeRoom(server);
  server.listen(config.port, config.host);
  await once(server, "listening");
  const url = addressOf(server, config.host);
  await dependencies.models.synchronizer.startAll();
  dependencies.models.retirement.start();
  log.info({ url, publicUrl: config.publicUrl }, "listening");
  return { url, dependencies, close: () => close(server, dependencies, log) };
}

// One client that keeps thousands of connections open for later must not be what keeps everybody else out.
function makeRoom(server: Server): void {
  let [open, closedAt] = [0, 0];
  server.on("connection", (socket) => {
    open += 1;
    socket.once("close", () => (open -= 1));
    if (open < crowded || Date.now() - closedAt < 1_000) return;
    closedAt = Date.now();
    server.closeIdleConnections();
  });
}

/** Nobody in earnest sends hundreds of requests without waiting for an answer, and each takes memory until it has one. */
export function unpipelined(listener: RequestListener): RequestListener {
  const unanswered = new WeakMap<Socket, number>();
  const streaming = new WeakSet<Socket>();
  return (request, response) => {
    const { socket, url } = request;
    const count = (unanswered.get(socket) ?? 0) + 1;
    unanswered.set(socket, count);
    // What comes behind a live stream would have its answer, and hold what it holds, when the stream ends.
    if (count > mostPipelined || streaming.has(socket)) return void socket.destroy();
    const isStream = url?.toLowerCase().startsWith(paths.events) === true;
    if (isStream) streaming.add(socket);
    response.once("close", () => {
      if (isStream) streaming.delete(socket);
      unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1);
    });
    listener(request, response);
  };
}

/** A fault that nobody answers is logged, and the process ends: what it would do from then on nobody knows. Its supervisor starts it anew. */
export function endOnFaults(log: (line: string) => void = (line) => console.error(line)): void {
  for (const event of ["uncaughtException", "unhandledRejection"] as const)
    process.on(event, (error: unknown) => {
      log(JSON.stringify({ level: 60, time: Date.now(), event, err: plain(error) }));
      process.exit(1);
    });
}

/** Ends the process tidily on SIGTERM and SIGINT, also while it is starting. */
export function closeOnSignals(server: Closable | Promise<Closable>): void {
  const close = async () => (await server).close();
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
}

interface Closable {
  close(): Promise<void>;
}

async function close(server: Server, dependencies: Dependencies, log: Logger): Promise<void> {
  dependencies.draining.begun = true;
  await wait(dependencies.config.drainMs);
  const closed = once(server, "close");
  server.close();
  sayGoodbye(server);
  dependencies.live.close();
  const impatient = setTimeout(() => server.closeAllConnections(), 10_000);
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearTimeout(impatient);
  clearInterval(idle);
  await dependencies.close();
  log.info("closed");
}

// A proxy that goes on using the connections it has would keep the server open, and be cut off in the middle.
function sayGoodbye(server: Server): void {
  server.prependListener("request", (_request, response) => response.setHeader("Connection", "close"));
}

// An error of an HTTP library may carry the request, and with it the token: only these are logged.
function plain(error: unknown): object {
  const { name, message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  const places = stack === undefined ? {} : { stack: sourceStack(stack) };
  return { name, message, ...places, ...(cause === undefined ? {} : { cause: textOf(cause) }) };
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${port}`;
}
