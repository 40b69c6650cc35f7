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
import { defaultPatience, Reconciliation, type Patience } from "./models/sync/reconciliation.ts";
import { Targets } from "./models/chat/targets.ts";
import { Synchronizer } from "./models/sync/synchronizer.ts";
import { openStore } from "./store/store.ts";
import { createTwilioApi } from "./twilio/client.ts";
import { explain } from "./twilio/errorCatalogue.ts";
import type { Call } from "./twilio/sdk.ts";
import { verifySignature } from "./twilio/signature.ts";

export const viewsDir = join(import.meta.dirname, "../views");
export const publicDir = join(import.meta.dirname, "../public");

// Twilio's own advice for a webhook that may be repeated safely: five tries, after every kind of failure.
const retrying = "#rc=5&rp=all";

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
  });
  const viewLocals = { ...viewHelpers, explain, hasPublicUrl: publicUrl !== undefined };
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
  const reconciliation = new Reconciliation(
    { store, twilio, accounts, deliveries },
    { ...defaultPatience, ...tuning.patience },
  );
  const conversations = new Conversations(store);
  const messages = new Messages(store, deliveries, twilio.clock);
  const synchronizer = new Synchronizer(
    { store, history, reconciliation, numbers, live, accounts, conversations, messages },
    { quickMs: tuning.quickPollMs ?? 5_000, slowMs: tuning.slowPollMs ?? 60_000, onError: report },
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
    await synchronizer.stopAll();
    await deliveries.stop();
    await store.close();
  }
  return { config, store, live, models, viewLocals, verifySignature, report, close };
}
