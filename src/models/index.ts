import { Accounts } from "./account/accounts.ts";
import { KeptData } from "./account/keptData.ts";
import { Logouts } from "./account/logouts.ts";
import { Retirement } from "./account/retirement.ts";
import { Sessions } from "./account/sessions.ts";
import { SignInGate } from "./account/signInGate.ts";
import type { AccountStore, SessionStore } from "./account/store.ts";
import type { AccountApi, VerifySignature } from "./account/twilio.ts";
import { Conversations } from "./chat/conversations.ts";
import { Deliveries } from "./chat/deliveries.ts";
import { Media } from "./chat/media.ts";
import { Names } from "./chat/names.ts";
import { Messages } from "./chat/messages.ts";
import type {
  ConversationStore,
  MediaStore,
  MessageStore,
  PeopleStore,
  SearchStore,
  TargetStore,
} from "./chat/store.ts";
import { ReceivingQuota } from "./chat/receivingQuota.ts";
import { Searches } from "./chat/searches.ts";
import { Targets } from "./chat/targets.ts";
import type { MediaApi, MessageApi, TwilioClock } from "./chat/twilio.ts";
import type { EventStore } from "./events.ts";
import type { LeaseStore } from "./leases.ts";
import type { Live } from "./live.ts";
import { Limits, usualLimits, type LimitStore, type LimitTable } from "./limits.ts";
import { Numbers, type NumbersOptions } from "./numbers/numbers.ts";
import { Purchases } from "./numbers/purchases.ts";
import type { NumberStore } from "./numbers/store.ts";
import type { NumberApi } from "./numbers/twilio.ts";
import { History } from "./sync/history.ts";
import { Inquiries } from "./sync/inquiries.ts";
import type { Patience } from "./sync/patience.ts";
import type { Pauses } from "./sync/polling.ts";
import { Reconciliation } from "./sync/reconciliation.ts";
import type { RefusalStore, SyncStore } from "./sync/store.ts";
import { Synchronizer } from "./sync/synchronizer.ts";
import { WebhookRefusals } from "./sync/webhookRefusals.ts";
import { WebhookProofs } from "./sync/webhookProofs.ts";

/** Everything that the models keep. */
export interface ModelStore {
  accounts: AccountStore;
  sessions: SessionStore;
  numbers: NumberStore;
  people: PeopleStore;
  targets: TargetStore;
  conversations: ConversationStore;
  messages: MessageStore;
  media: MediaStore;
  searches: SearchStore;
  syncs: SyncStore;
  refusals: RefusalStore;
  events: EventStore;
  leases: LeaseStore;
  limits: LimitStore;
}

/** All of Twilio that the models ask for. */
export interface TwilioApi extends AccountApi, NumberApi, MessageApi, MediaApi {
  clock: TwilioClock;
  /** Gives up the calls of one account, or of all, until the returned function is called: reads fail at once, writes with AnswerLost. */
  abandon(kind: "read" | "write", accountSid?: string): () => void;
}

export interface Ports {
  store: ModelStore;
  twilio: TwilioApi;
  live: Live;
}

export interface ModelOptions {
  /** SIDs of the accounts that may sign in; undefined for all. */
  allowedAccounts: string[] | undefined;
  /** How long an account is kept after its last session has run out, in milliseconds; undefined for ever. */
  keepAccountsMs: number | undefined;
  /** Where Twilio shall post texts; undefined without a public address. */
  smsUrl: string | undefined;
  /** Where Twilio shall post status callbacks; undefined without a public address. */
  statusCallback: string | undefined;
  /** Pauses between looks at Twilio's log when an answer was lost, in milliseconds. */
  checkDelays: number[];
  /** How many messages of the log to read at most; undefined for all of them. */
  historyLimit: number | undefined;
  verifySignature: VerifySignature;
  /** Limits other than the usual ones. */
  limits?: Partial<LimitTable> | undefined;
  /** For how long answers about numbers are not asked for again, other than usual. */
  freshness?: NumbersOptions["freshness"];
  patience: Patience;
  pauses: Pauses;
  /** Told about what nobody waits for. */
  onError: (error: unknown) => void;
}

const retireEveryMs = 60_000;

export type Models = ReturnType<typeof createModels>;

/** Every model, made once: nouns and their rules on top of the ports. */
export function createModels({ store, twilio, live }: Ports, options: ModelOptions) {
  const { onError, pauses } = options;
  const limits = new Limits(store, { ...usualLimits, ...options.limits });
  const accounts = new Accounts(store, twilio, { ...options, gate: new SignInGate(limits) });
  const logouts = new Logouts(store, onError);
  const sessions = new Sessions(store);
  const retirement = new Retirement(store, logouts, {
    keepMs: options.keepAccountsMs,
    everyMs: retireEveryMs,
    onError,
  });
  const numbers = new Numbers(store, twilio, accounts, options);
  const purchases = new Purchases(store, twilio, { accounts, numbers, limits });
  const deliveries = new Deliveries(store, twilio, accounts, options);
  const conversations = new Conversations(store);
  const media = new Media(store, twilio, { accounts, onError });
  conversations.shown.listen(({ accountSid, messages }) => media.complete(accountSid, messages));
  const messages = new Messages(store, {
    deliveries,
    clock: twilio.clock,
    limits,
    quota: new ReceivingQuota(limits, onError),
  });
  const looks = createLooks({ store, twilio, live }, accounts, options);
  const { history, reconciliation, webhookProofs } = looks;
  const synchronizer = new Synchronizer(
    {
      ...{ store, history, reconciliation, deliveries, numbers, webhookProofs, live, pauses, onError },
      clock: twilio.clock,
      abandonReads: (accountSid) => twilio.abandon("read", accountSid),
    },
    { accounts, logouts, conversations, messages },
  );
  return {
    ...{ accounts, logouts, sessions, retirement, limits, numbers, purchases },
    ...{
      conversations,
      deliveries,
      media,
      messages,
      targets: new Targets(store),
      searches: new Searches(store),
      keptData: createKeptData(store),
    },
    ...looks,
    synchronizer,
  };
}

/** What looks at Twilio's log, and what tells whether that is needed. */
function createLooks({ store, twilio }: Ports, accounts: Accounts, options: ModelOptions) {
  const { historyLimit, patience, smsUrl, verifySignature, onError } = options;
  const inquiries = new Inquiries(store, twilio, accounts, patience);
  return {
    history: new History(store, twilio, accounts, historyLimit),
    reconciliation: new Reconciliation(store, twilio, accounts, inquiries),
    webhookRefusals: new WebhookRefusals(store, { accounts, verifySignature, onError }),
    webhookProofs: new WebhookProofs(store, smsUrl, onError),
  };
}

/** What a copy holds, in this order. */
export function createKeptData(store: KeptStores): KeptData {
  return new KeptData([new Names(store)]);
}

/** Where it is stored. */
export type KeptStores = ConstructorParameters<typeof Names>[0];
