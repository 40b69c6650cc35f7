import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import { controlRoutes } from "./control/routes.ts";
import { handsetRoutes } from "./handset/routes.ts";
import { answerFaults } from "./http/answerFaults.ts";
import { apiFaults } from "./http/apiFaults.ts";
import { authentication } from "./http/authentication.ts";
import { callLogging } from "./http/callLogging.ts";
import { clockSkew } from "./http/clockSkew.ts";
import { cors } from "./http/cors.ts";
import { errors, missing } from "./http/errors.ts";
import { forms } from "./http/forms.ts";
import { ownHosts } from "./http/ownHosts.ts";
import { responseHeaders } from "./http/responseHeaders.ts";
import { publicMedia } from "./products/api/media.ts";
import { apiRoutes } from "./products/api/routes.ts";
import { lookupsRoutes } from "./products/lookups/routes.ts";
import { messagingRoutes } from "./products/messaging/routes.ts";
import { alertRoutes } from "./products/monitor/alerts.ts";
import { authTokenRoutes } from "./products/accounts/authTokens.ts";
import { pricingRoutes } from "./products/pricing/routes.ts";
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

function addressOf(host: string, port: number): string {
  // Who listens on every address also listens on loopback.
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function createSandbox(world: World, host: string): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.set("case sensitive routing", true);
  app.set("query parser", "simple");
  app.locals.world = world;
  app.use(ownHosts(host));
  app.use(handsetRoutes(world));
  app.use(controlRoutes(world));
  app.use(cors, forms());
  app.use(callLogging(world), responseHeaders(), clockSkew(world.faults));
  app.use(apiFaults(world.faults), answerFaults(world));
  app.use(publicMedia(world), authentication(world));
  app.use(
    apiRoutes(world),
    messagingRoutes(),
    pricingRoutes(),
    lookupsRoutes(),
    alertRoutes(),
    authTokenRoutes(),
  );
  app.use(missing);
  app.use(errors);
  return app;
}
