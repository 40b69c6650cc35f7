import { join } from "node:path";
import type { Config } from "./config.ts";
import { createControllers } from "./controllers/index.ts";
import { viewHelpers } from "./helpers/index.ts";
import { paths } from "./helpers/paths.ts";
import { Fragments } from "./live/fragments.ts";
import { Hub } from "./live/hub.ts";
import { defaultCheckDelays } from "./models/chat/lostAnswers.ts";
import type { LimitTable } from "./models/limits.ts";
import type { Metrics } from "./metrics.ts";
import { createModels, type ModelOptions, type Models, type TwilioApi } from "./models/index.ts";
import { defaultPatience, type Patience } from "./models/sync/patience.ts";
import { isSilent } from "./models/sync/silence.ts";
import type { Sync } from "./models/types.ts";
import { derivedKeys } from "./store/keys.ts";
import { openStore, type Store } from "./store/store.ts";
import { createTwilioApi } from "./twilio/client.ts";
import type { MediaTerms } from "./twilio/media.ts";
import { explain } from "./twilio/errorCatalogue.ts";
import type { Call } from "./twilio/sdk.ts";
import { loadTemplates } from "./templates.ts";
import { verifySignature } from "./twilio/signature.ts";

export const viewsDir = join(import.meta.dirname, "../views");
export const publicDir = join(import.meta.dirname, "../public");

// Twilio's own advice for a webhook that may be repeated safely: five tries, after every kind of failure.
const retrying = "#rc=5&rp=all";

// At the end of the process, for Twilio to answer what was just handed over.
const sendGraceMs = 3_000;

export interface Tuning {
  quickPollMs?: number;
  slowPollMs?: number;
  checkDelays?: number[];
  twilioTimeoutMs?: number;
  media?: Partial<MediaTerms>;
  sessionCheckMs?: number;
  provenForMs?: number;
  patience?: Partial<Patience>;
  limits?: Partial<LimitTable>;
  freshness?: { numbersMs: number; countriesMs: number };
}

export type AuditLine = { audit: string } & Record<string, unknown>;

/** One answered request, as the middleware tells it. */
export interface Answered {
  kind: string;
  path: string;
  status: number;
  seconds: number;
}

/** What the log hears of. */
export interface Hooks {
  /** A fault that nobody else answers. */
  report: (error: unknown, context?: object) => void;
  /** What matters to safety: one line for each event. */
  audit: (line: AuditLine) => void;
  /** A call to Twilio that has ended. */
  onCall: (call: Call) => void;
}

export type Dependencies = Awaited<ReturnType<typeof createDependencies>>;

/** Builds store, Twilio and live, the models on top of them, and the controllers on top of those. */
export async function createDependencies(config: Config, hooks: Hooks, tuning: Tuning = {}) {
  const metrics = config.metricsToken === undefined ? undefined : await loadMetrics();
  const { report } = hooks;
  const { audit, onCall, onCommit, onSend, onAnswer } = measured(hooks, metrics);
  const { dataDir, databaseUrl, sessionSecret: secret, sessionTerms, twilioApiUrl: apiUrl } = config;
  const storeHooks = { onError: report, onCommit, onSend };
  const { mediaCacheBytes } = config;
  const storage = { dataDir, databaseUrl, mediaCacheBytes };
  const store = await openStore({ ...storage, secret, sessionTerms, ...storeHooks });
  const twilio = createTwilioApi({
    apiUrl,
    timeoutMs: tuning.twilioTimeoutMs,
    media: tuning.media,
    onCall,
    onError: report,
  });
  const render = loadTemplates(viewsDir);
  const viewLocals = viewLocalsOf(config, store, twilio);
  const fragments = new Fragments(store, { render, viewLocals });
  const live = new Hub(store, fragments, {
    onError: report,
    sessionCheckMs: tuning.sessionCheckMs ?? 20_000,
  });
  const models = createModels({ store, twilio, live }, { ...modelOptions(config, tuning), onError: report });
  const draining = { begun: false };
  const controllers = createControllers(models, live, {
    store,
    draining,
    provenForMs: tuning.provenForMs,
    measurements: measurementsOf(config, metrics),
  });
  metrics?.watch({ streams: () => live.count(), oldestLook: () => store.syncs.oldestLook() });
  const cookieKeys = derivedKeys(secret, "cookie").map((key) => key.toString("base64url"));
  const close = () => closeAll({ store, twilio, live, models });
  return {
    ...{ config, store, live, models, controllers, viewLocals, render, verifySignature },
    ...{ cookieKeys, draining, onAnswer, report, audit, close },
  };
}

function viewLocalsOf(config: Config, store: Store, twilio: TwilioApi) {
  return {
    ...viewHelpers,
    explain,
    hasPublicUrl: config.publicUrl !== undefined,
    isDiskFull: () => store.isFull(),
    clockAheadMs: () => twilio.clock.aheadMs(),
    isSilent: (sync: Sync) => isSilent(sync, twilio.clock.now()),
  };
}

// A tenth of all files that a start would load are for this.
async function loadMetrics(): Promise<Metrics> {
  return (await import("./metrics.ts")).createMetrics();
}

function measured({ audit, onCall }: Hooks, metrics: Metrics | undefined) {
  return {
    audit: (line: AuditLine) => {
      metrics?.audited.inc({ event: line.audit });
      audit(line);
    },
    onCall: (call: Call) => {
      const { product, method, status, ms } = call;
      metrics?.calls.observe({ product, method, status: status ?? "none" }, ms / 1_000);
      onCall(call);
    },
    onSend: (status: string) => metrics?.sends.inc({ status }),
    onCommit: (ms: number) => metrics?.commits.observe(ms / 1_000),
    onAnswer: ({ kind, path, status, seconds }: Answered) => {
      metrics?.requests.observe({ kind, status }, seconds);
      if (kind === "webhook") metrics?.webhooks.inc({ path, status });
    },
  };
}

function measurementsOf({ metricsToken: token }: Config, metrics: Metrics | undefined) {
  if (token === undefined || metrics === undefined) return undefined;
  return { token, contentType: metrics.contentType, text: metrics.text };
}

function modelOptions(config: Config, tuning: Tuning): Omit<ModelOptions, "onError"> {
  const { publicUrl, historyLimit, allowedAccounts, keepAccountsMs } = config;
  return {
    allowedAccounts,
    keepAccountsMs,
    smsUrl: publicUrl && `${publicUrl}${paths.inboundMessages}${retrying}`,
    statusCallback: publicUrl && `${publicUrl}${paths.messageStatuses}`,
    checkDelays: tuning.checkDelays ?? defaultCheckDelays,
    historyLimit,
    verifySignature,
    limits: tuning.limits,
    freshness: tuning.freshness,
    patience: { ...defaultPatience, ...tuning.patience },
    pauses: { quick: tuning.quickPollMs ?? 5_000, slow: tuning.slowPollMs ?? 60_000 },
  };
}

async function closeAll(parts: {
  store: Store;
  twilio: TwilioApi;
  live: Hub;
  models: Models;
}): Promise<void> {
  const { store, twilio, live, models } = parts;
  live.close();
  models.retirement.stop();
  models.webhookRefusals.stop();
  twilio.abandon("read");
  await Promise.all([models.synchronizer.stopAll(), models.media.stop()]);
  const impatient = setTimeout(() => twilio.abandon("write"), sendGraceMs);
  await models.deliveries.stop();
  clearTimeout(impatient);
  await store.close();
}
