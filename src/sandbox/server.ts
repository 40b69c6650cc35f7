import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { accountRoutes } from "./products/api/accounts.ts";
import { alertRoutes } from "./products/monitor/alerts.ts";
import { authentication } from "./http/authentication.ts";
import { callLogging } from "./http/callLogging.ts";
import { availableNumberRoutes } from "./products/api/availableNumbers.ts";
import { callerIdRoutes } from "./products/api/callerIds.ts";
import { incomingNumberRoutes } from "./products/api/incomingNumbers.ts";
import { lookupRoutes } from "./products/lookups/phoneNumbers.ts";
import { mediaRoutes, publicMedia } from "./products/api/media.ts";
import { messageRoutes } from "./products/api/messages.ts";
import { pricingRoutes } from "./products/pricing/countries.ts";
import { responseHeaders } from "./http/responseHeaders.ts";
import { senderRoutes } from "./products/messaging/senders.ts";
import { serviceRoutes } from "./products/messaging/services.ts";
import { errors, notFound } from "./http/errors.ts";
import { usageRoutes } from "./products/api/usage.ts";
import { apiFaults } from "./http/apiFaults.ts";
import { controlRoutes } from "./control/routes.ts";
import { handsetRoutes } from "./handset/routes.ts";
import { ownHosts } from "./http/ownHosts.ts";
import { seedSchema, type Seed } from "./world/seed.ts";
import type { Timing } from "./world/sending.ts";
import { World } from "./world/world.ts";

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** Loopback unless told otherwise. */
  host?: string;
  seed?: Seed;
  timing?: Partial<Timing>;
}

export interface Sandbox {
  /** Where it listens; give this to an SDK in place of https://api.twilio.com. */
  url: string;
  world: World;
  /** Ends connections, timers and everything remembered at once. */
  close(): Promise<void>;
}

// Longer than clients keep idle connections, which would otherwise meet a reset now and then.
const keepAliveMs = 120_000;

const usualTiming: Timing = { queuedMs: 300, sentMs: 700, senderRates: false };

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const seed = seedSchema.parse(options.seed ?? { accounts: [{}] });
  const world = new World(seed, { ...usualTiming, ...options.timing });
  const { host = "127.0.0.1", port = 0 } = options;
  const server = createServer(createSandbox(world, host));
  server.keepAliveTimeout = keepAliveMs;
  server.listen(port, host);
  await once(server, "listening");
  const url = addressOf(host, (server.address() as AddressInfo).port);
  async function close(): Promise<void> {
    world.close();
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }
  return { url, world, close };
}

// Everywhere is also here.
function addressOf(host: string, port: number): string {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function createSandbox(world: World, host: string): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.set("case sensitive routing", true);
  app.set("query parser", "simple");
  app.locals.unverified = world.unverified;
  app.use(ownHosts(host));
  app.use(handsetRoutes(world));
  app.use(controlRoutes(world));
  app.use(express.urlencoded({ extended: false, limit: "1mb" }));
  app.use(callLogging(world), responseHeaders(), apiFaults(world.faults));
  app.use(publicMedia(world), authentication(world));
  app.use(
    accountRoutes(),
    messageRoutes(world),
    mediaRoutes(),
    incomingNumberRoutes(world),
    availableNumberRoutes(world),
    callerIdRoutes(),
    usageRoutes(),
    pricingRoutes(),
    serviceRoutes(),
    senderRoutes(),
    lookupRoutes(),
    alertRoutes(),
  );
  app.use((request) => {
    throw notFound(request.path);
  });
  app.use(errors);
  return app;
}
