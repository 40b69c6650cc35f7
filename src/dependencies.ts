import { join } from "node:path";
import type { Config } from "./config.ts";
import { viewHelpers } from "./helpers/index.ts";
import { paths } from "./helpers/paths.ts";
import { Fragments } from "./live/fragments.ts";
import { Hub } from "./live/hub.ts";
import { Accounts } from "./models/account/accounts.ts";
import { Conversations } from "./models/chat/conversations.ts";
import { Deliveries } from "./models/chat/deliveries.ts";
import { defaultCheckDelays } from "./models/chat/lostAnswers.ts";
import { History } from "./models/sync/history.ts";
import { Messages } from "./models/chat/messages.ts";
import { Numbers } from "./models/numbers/numbers.ts";
import { Inquiries } from "./models/sync/inquiries.ts";
import { defaultPatience, type Patience } from "./models/sync/patience.ts";
import { Reconciliation } from "./models/sync/reconciliation.ts";
import { Targets } from "./models/chat/targets.ts";
import { WebhookProofs } from "./models/sync/webhookProofs.ts";
import { isSilent } from "./models/sync/silence.ts";
import { Synchronizer } from "./models/sync/synchronizer.ts";
import type { Sync } from "./models/types.ts";
import { openStore } from "./store/store.ts";
import { createTwilioApi } from "./twilio/client.ts";
import { explain } from "./twilio/errorCatalogue.ts";
import type { Call } from "./twilio/sdk.ts";
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
  patience?: Partial<Patience>;
}

/** What the log hears of. */
export interface Hooks {
  /** A fault that nobody else answers. */
  report: (error: unknown) => void;
  /** A call to Twilio that has ended. */
  onCall: (call: Call) => void;
}

export type Dependencies = Awaited<ReturnType<typeof createDependencies>>;

/** Builds store, Twilio and live, and hands them to the models. */
export async function createDependencies(config: Config, { report, onCall }: Hooks, tuning: Tuning = {}) {
  const { dataDir, databaseUrl, sessionSecret, publicUrl } = config;
  const store = await openStore({ dataDir, databaseUrl, secret: sessionSecret, onError: report });
  const twilio = createTwilioApi({
    apiUrl: config.twilioApiUrl,
    timeoutMs: tuning.twilioTimeoutMs,
    onCall,
    onError: report,
  });
  const viewLocals = {
    ...viewHelpers,
    explain,
    hasPublicUrl: publicUrl !== undefined,
    clockAheadMs: () => twilio.clock.aheadMs(),
    isSilent: (sync: Sync) => isSilent(sync, twilio.clock.now()),
  };
  const fragments = new Fragments(store, { viewsDir, viewLocals, cacheViews: true });
  const live = new Hub(store.events, fragments, report);

  const accounts = new Accounts(store, twilio);
  const numbers = new Numbers(
    store,
    twilio,
    accounts,
    publicUrl && `${publicUrl}${paths.inboundMessages}${retrying}`,
  );
  const deliveries = new Deliveries(store, twilio, accounts, {
    statusCallback: publicUrl && `${publicUrl}${paths.messageStatuses}`,
    checkDelays: tuning.checkDelays ?? defaultCheckDelays,
    onError: report,
  });
  const history = new History(store, twilio, accounts, config.historyLimit);
  const inquiries = new Inquiries(store, twilio, accounts, { ...defaultPatience, ...tuning.patience });
  const reconciliation = new Reconciliation(store, twilio, accounts, inquiries);
  const conversations = new Conversations(store);
  const messages = new Messages(store, deliveries, twilio.clock);
  const webhookProofs = new WebhookProofs(store, numbers.smsUrl, report);
  const pauses = { quick: tuning.quickPollMs ?? 5_000, slow: tuning.slowPollMs ?? 60_000 };
  const synchronizer = new Synchronizer(
    {
      ...{ store, history, reconciliation, deliveries, numbers, webhookProofs, live, pauses },
      clock: twilio.clock,
      abandonReads: (accountSid) => twilio.abandon("read", accountSid),
      onError: report,
    },
    { accounts, conversations, messages },
  );
  const models = {
    accounts,
    numbers,
    targets: new Targets(store),
    conversations,
    messages,
    history,
    reconciliation,
    synchronizer,
  };
  async function close(): Promise<void> {
    live.close();
    twilio.abandon("read");
    await synchronizer.stopAll();
    const impatient = setTimeout(() => twilio.abandon("write"), sendGraceMs);
    await deliveries.stop();
    clearTimeout(impatient);
    await store.close();
  }
  return { config, store, live, models, viewLocals, verifySignature, report, close };
}
