import { readFileSync } from "node:fs";
import * as z from "zod";
import { keptSecret } from "./config/keptSecret.ts";
import { isLoopback } from "./config/loopback.ts";

export interface Config {
  port: number;
  host: string;
  /** Origin and optional path without a trailing slash; undefined when Parley is only reachable locally. */
  publicUrl: string | undefined;
  trustProxy: boolean | number | string;
  /** One, or several separated by commas, the newest first. */
  sessionSecret: string;
  /** How long a session lasts without a request, and from the sign-in on, in milliseconds. */
  sessionTerms: { idleMs: number; longestMs: number };
  /** On SIGTERM, for how long `/readyz` says no before connections are refused, in milliseconds. */
  drainMs: number;
  /** How long an account is kept after its last session has run out, in milliseconds; undefined for ever. */
  keepAccountsMs: number | undefined;
  /** SIDs of the accounts that may sign in; undefined for all. */
  allowedAccounts: string[] | undefined;
  dataDir: string;
  databaseUrl: string | undefined;
  /** How much of DATA_DIR pictures and files may take. */
  mediaCacheBytes: number;
  twilioApiUrl: string | undefined;
  /** Opens `GET /metrics`; undefined: there is no such page. */
  metricsToken: string | undefined;
  logLevel: string;
  /** How many messages of the log to bring into the cache; undefined: all that Twilio keeps. */
  historyLimit: number | undefined;
  production: boolean;
}

const megabyte = 1_024 * 1_024;
const dayMs = 24 * 60 * 60_000;

/** What holds where nothing is set. */
export const usualConfig = {
  publicUrl: undefined,
  trustProxy: false,
  sessionTerms: { idleMs: 14 * dayMs, longestMs: 90 * dayMs },
  drainMs: 0,
  keepAccountsMs: undefined,
  allowedAccounts: undefined,
  databaseUrl: undefined,
  mediaCacheBytes: 500 * megabyte,
  twilioApiUrl: undefined,
  metricsToken: undefined,
  logLevel: "info",
  historyLimit: undefined,
  production: false,
} satisfies Partial<Config>;

/** All faults of the environment at once, one per line. */
export class BadConfig extends Error {}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const url = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" });
const withoutSlash = url.transform((text) => text.replace(/\/+$/, ""));
const port = z.coerce.number({ error: "must be a number" }).int().min(0).max(65535, "must be at most 65535");

const shortestSecret = 16;
const secret = z
  .string()
  .refine(
    (text) => text.split(",").every((part) => part.length >= shortestSecret),
    `must have at least ${shortestSecret} characters, better 32 at random`,
  );

const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().default("127.0.0.1"),
  PUBLIC_URL: withoutSlash
    .refine((url) => new URL(url).pathname === "/", "must have no path: Parley takes a host name of its own")
    .optional(),
  TRUST_PROXY: z.string().optional(),
  SESSION_SECRET: secret.optional(),
  SESSION_SECRET_FILE: z.string().transform(contentOf).pipe(secret).optional(),
  ALLOW_HTTP: z.enum(["0", "1"], { error: "must be 0 or 1" }).default("0"),
  SESSION_IDLE: duration().prefault("14d"),
  SESSION_MAX: duration().prefault("90d"),
  KEEP_ACCOUNTS: duration().optional(),
  DRAIN_TIME: duration().optional(),
  ALLOWED_ACCOUNTS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.string().regex(/^AC[0-9a-f]{32}$/, "must be Account SIDs, separated by commas")))
    .optional(),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" }).optional(),
  MEDIA_CACHE: z.coerce.number({ error: "must be a number of megabytes" }).int().min(0).default(500),
  TWILIO_API_URL: withoutSlash.optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  HISTORY_LIMIT: z.coerce.number({ error: "must be a number" }).int().positive("must be above 0").optional(),
  SANDBOX_PORT: port.default(4010),
  NODE_ENV: z.string().optional(),
});

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "90d", "12h", "15m", "2s" */
function duration() {
  return z
    .string()
    .regex(/^[1-9]\d{0,5}[smhd]$/, "must be a number and a unit, such as 14d, 12h, 30m or 90s")
    .transform((text) => Number(text.slice(0, -1)) * unitMs[text.slice(-1) as keyof typeof unitMs]);
}

type Environment = z.infer<typeof schema>;

export function loadConfig(): Config {
  return readConfig(process.env);
}

/** Throws BadConfig. */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const environment = checked(variables);
  return {
    port: environment.PORT,
    host: environment.HOST,
    publicUrl: environment.PUBLIC_URL,
    trustProxy: trustProxy(environment.TRUST_PROXY),
    sessionSecret:
      environment.SESSION_SECRET ?? environment.SESSION_SECRET_FILE ?? keptSecret(environment.DATA_DIR),
    sessionTerms: { idleMs: environment.SESSION_IDLE, longestMs: environment.SESSION_MAX },
    drainMs: environment.DRAIN_TIME ?? 0,
    keepAccountsMs: environment.KEEP_ACCOUNTS,
    allowedAccounts: environment.ALLOWED_ACCOUNTS,
    dataDir: environment.DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
    mediaCacheBytes: environment.MEDIA_CACHE * megabyte,
    twilioApiUrl: environment.TWILIO_API_URL,
    metricsToken: environment.METRICS_TOKEN,
    logLevel: environment.LOG_LEVEL,
    historyLimit: environment.HISTORY_LIMIT,
    production: environment.NODE_ENV === "production",
  };
}

/** The ports and log level of `npm run demo`; everything else of a demo is its own. */
export function loadDemoConfig(): { port: number; sandboxPort: number; logLevel: string } {
  const { PORT, SANDBOX_PORT, LOG_LEVEL } = checked({
    PORT: process.env.PORT,
    SANDBOX_PORT: process.env.SANDBOX_PORT,
    LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
  });
  return { port: PORT, sandboxPort: SANDBOX_PORT, logLevel: LOG_LEVEL };
}

function checked(raw: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  const faults = result.success
    ? []
    : result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  if (given.NODE_ENV === "production" && !given.SESSION_SECRET && !given.SESSION_SECRET_FILE)
    faults.push("SESSION_SECRET is required in production");
  if (result.success) faults.push(...inClear(result.data));
  if (faults.length > 0 || !result.success) throw new BadConfig(faults.join("\n"));
  return result.data;
}

// Tokens and texts would cross the network for everybody to read.
function inClear({ ALLOW_HTTP, PUBLIC_URL, TWILIO_API_URL }: Environment): string[] {
  return Object.entries({ PUBLIC_URL, TWILIO_API_URL }).flatMap(([name, url]) =>
    url?.startsWith("http:") && !isLoopback(url) && ALLOW_HTTP !== "1"
      ? [`${name} must be https, or ALLOW_HTTP=1 must say that plain http is meant`]
      : [],
  );
}

function contentOf(file: string, context: z.RefinementCtx): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    context.addIssue({ code: "custom", message: "names a file that cannot be read" });
    return z.NEVER;
  }
}

function trustProxy(text: string | undefined): boolean | number | string {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  return /^\d+$/.test(text) ? Number(text) : text;
}
