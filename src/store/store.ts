import type session from "express-session";
import type { SessionTerms } from "./account/sessionRows.ts";
import { sql } from "kysely";
import type { ModelStore } from "../models/index.ts";
import { rmSync } from "node:fs";
import { Accounts } from "./account/accounts.ts";
import { Erasures } from "./account/erasure.ts";
import { Cipher } from "./cipher.ts";
import { Conversations } from "./chat/conversations.ts";
import type { Engine } from "./engines/engine.ts";
import { Events } from "./commits/events.ts";
import { Feed } from "./commits/eventFeed.ts";
import { LimitCounters } from "./commits/limits.ts";
import { Leases } from "./commits/leases.ts";
import { IntakeThread } from "./chat/intakeThread.ts";
import { RightOfWay } from "./engines/sqlite/rightOfWay.ts";
import { Media } from "./chat/media.ts";
import { MediaFiles } from "./chat/mediaFiles.ts";
import { Messages } from "./chat/messages.ts";
import { migrate } from "./engines/migrations/migrations.ts";
import { Numbers } from "./numbers/numbers.ts";
import { Sessions } from "./account/sessions.ts";
import { SessionRows } from "./account/sessionRows.ts";
import { Tokens } from "./account/tokens.ts";
import { Refusals } from "./sync/refusals.ts";
import { Syncs } from "./sync/syncs.ts";
import { catchUpWords } from "./chat/wordCatchUp.ts";
import { pruneCallbacks } from "./chat/waitingCallbacks.ts";
import { People } from "./chat/people.ts";
import { SearchThread } from "./chat/searchThread.ts";
import { Searches } from "./chat/searches.ts";
import { Targets } from "./chat/targets.ts";
import { copyOf } from "./rescue.ts";
import { Writer, type CommitHooks } from "./commits/writer.ts";

/**
 * Everything that is stored. Every call that changes something commits before it resolves and tells open pages in the
 * same commit; it throws NotFound when nobody is signed in to the account, so that nothing is kept for it after a sign-out.
 */
export interface Store extends ModelStore {
  /** The same sessions as express-session wants them: each of its middlewares needs a store of its own. */
  sessionStore(): session.Store;
  /** Resolves when the store answers; rejects with StoreUnavailable. */
  ping(): Promise<void>;
  /** Whether the last change could not be kept because there is no space for it. */
  isFull(): boolean;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Where SQLite keeps its file; made when missing. */
  dataDir: string;
  /** `postgres://…` instead of SQLite. */
  databaseUrl?: string;
  /** How much of it pictures and files may take; 500 MB by default. */
  mediaCacheBytes?: number;
  /** Keys for what is encrypted at rest are derived from it. */
  secret: string;
  sessionTerms?: SessionTerms;
  /** Hears of every transaction that changed something, and how long it took, in milliseconds. */
  onCommit?: CommitHooks["onCommit"];
  /** Hears of every state that a message sent from here comes to. */
  onSend?: CommitHooks["onSend"];
  /** Hears of what fails in the background. */
  onError?: (error: unknown) => void;
}

const usualMediaCache = 500 * 1_024 * 1_024;
const pruneEveryMs = 60_000;
const dayMs = 24 * 60 * 60_000;
const usualTerms: SessionTerms = { idleMs: 14 * dayMs, longestMs: 90 * dayMs };

/** Throws StoreUnavailable when the database cannot be reached. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { dataDir, databaseUrl, onError = () => undefined } = options;
  const rightOfWay = new RightOfWay();
  // Each driver is loaded where it is used.
  const engine = databaseUrl
    ? (await import("./engines/postgres/engine.ts")).openPostgres(databaseUrl, onError)
    : (await import("./engines/sqlite/engine.ts")).openSqlite(dataDir, { rightOfWay });
  try {
    await migrate(engine);
    await catchUpWords(engine);
    await new Erasures(engine, { isStopped: () => false, isAlone: true }).finishAll();
    // Another process or a full disk may be in the way; it is tried again every minute.
    await engine.scrub().catch(onError);
    const { shared } = databaseUrl ? { shared: undefined } : rightOfWay;
    return await assemble(engine, { ...options, shared }, onError);
  } catch (error) {
    await engine.close();
    throw error;
  }
}

type AssemblyOptions = Pick<
  StoreOptions,
  "dataDir" | "mediaCacheBytes" | "secret" | "sessionTerms" | "onCommit" | "onSend"
> & {
  /** For a thread that shares the SQLite file; without it there is none. */
  shared?: SharedArrayBuffer | undefined;
};

/** The store on an engine whose tables are there. */
export async function assemble(
  engine: Engine,
  options: AssemblyOptions,
  onError: (error: unknown) => void,
): Promise<Store> {
  const { dataDir, secret, onCommit, onSend, shared } = options;
  const feed = new Feed(engine, onError);
  const hooks = { onEvents: () => feed.wake(), onCommit, onSend };
  const writer = new Writer(engine, hooks);
  const thread = shared && new IntakeThread({ dataDir, shared, hooks });
  const searchThread = shared && new SearchThread(dataDir);
  const events = new Events(engine, writer, feed);
  const leases = new Leases(engine);
  const { sessions, tokens } = sealed(engine, writer, options);
  const files = new MediaFiles(dataDir, engine, options.mediaCacheBytes ?? usualMediaCache);
  await files.sweep().catch(onError);
  const stopRelay = await beginFeed(feed, engine, onError);
  let isClosing = false;
  const erasures = new Erasures(engine, { isStopped: () => isClosing });
  feed.listen((heard) => void files.follow(heard).catch(onError));
  const cleanUp = () => erasures.finishAll().then(() => engine.scrub());
  const prune = () => [
    ...[events, sessions, leases].map((each) => each.prune()),
    pruneCallbacks(engine),
    files.sweep(),
  ];
  const stopPruning = every(pruneEveryMs, () => [...prune(), cleanUp()], onError);
  return {
    ...nouns(engine, writer, thread),
    media: new Media(writer, files),
    searches: searchThread ?? new Searches(engine),
    accounts: new Accounts(engine, writer, {
      ...{ tokens, sessions, erasures, onError },
      afterErasure: () => void engine.scrub().catch(onError),
      forgetCopy: (sid) => rmSync(copyOf(dataDir, sid), { force: true }),
    }),
    ...{ events, leases, sessions, limits: new LimitCounters(engine, secret) },
    sessionStore: () => new Sessions(sessions),
    isFull: () => writer.isFull() || (thread?.isFull() ?? false),
    ping: () => ping(engine),
    close: async () => {
      isClosing = true;
      stopPruning();
      await Promise.all([writer.idle(), thread?.close(), searchThread?.close()]);
      stopRelay();
      await feed.close();
      await engine.close();
    },
  };
}

function sealed(
  engine: Engine,
  writer: Writer,
  { secret, sessionTerms: terms = usualTerms }: Pick<StoreOptions, "secret" | "sessionTerms">,
) {
  return {
    sessions: new SessionRows(engine, writer, { cipher: new Cipher(secret, "session"), terms }),
    tokens: new Tokens(engine, new Cipher(secret, "auth-token")),
  };
}

async function beginFeed(feed: Feed, engine: Engine, onError: (error: unknown) => void) {
  await feed.start();
  const stopRelay = await engine.relay(() => feed.wake(), onError);
  feed.wake();
  return stopRelay;
}

async function ping({ db }: Engine): Promise<void> {
  await sql`select 1`.execute(db);
}

function nouns(engine: Engine, writer: Writer, thread: IntakeThread | undefined) {
  return {
    numbers: new Numbers(engine, writer),
    people: new People(engine, writer),
    targets: new Targets(writer),
    conversations: new Conversations(engine, writer),
    messages: new Messages(engine, writer, thread),
    syncs: new Syncs(engine, writer),
    refusals: new Refusals(engine, writer),
  };
}

function every(ms: number, work: () => Promise<void>[], onError: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    Promise.all(work()).catch(onError);
  }, ms);
  timer.unref();
  return () => clearInterval(timer);
}
