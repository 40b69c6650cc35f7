import type { Recorded, RecordOptions } from "../../models/ports.ts";
import { isText } from "../../models/chat/sameText.ts";
import type { Pair, TwilioMessage } from "../../models/types.ts";
import { advanced, claimed, corrected, differs, newRow } from "./messageRows.ts";
import { givenUpRows, inFlightRows, rowsBySid, saveRows } from "./messageTable.ts";
import { growPairs, pairKey, refreshPairs, type Growth } from "./conversationSummaries.ts";
import type { MessageRow } from "../engines/schema.ts";
import type { Unit } from "../commits/writer.ts";

export interface Call {
  accountSid: string;
  messages: TwilioMessage[];
  options: RecordOptions;
}

const clockSlackMs = 60_000;
const restMs = 60_000;

/** Answers in the order of the calls. */
export async function applyAll(unit: Unit, calls: Call[]): Promise<Recorded[][]> {
  const sids = calls.flatMap(({ messages }) => messages.map(({ sid }) => sid));
  const own = { inFlight: await inFlightRows(unit), givenUp: await givenUpRows(unit) };
  const batch = new Batch(unit, await rowsBySid(unit, sids), own);
  const recorded = calls.map((call) => batch.applyCall(call));
  await batch.save();
  return recorded;
}

/** What a transaction's calls together do to one account. */
class Batch {
  readonly #unit: Unit;
  readonly #rows: Map<string, MessageRow>;
  readonly #inFlight: MessageRow[];
  #givenUp: MessageRow[];
  readonly #dirty = new Set<string>();
  /** The time of each pair's latest message so far. */
  readonly #latest = new Map<string, number>();
  readonly #growths = new Map<string, Growth>();
  readonly #changedPairs = new Map<string, Pair>();

  constructor(
    unit: Unit,
    rows: Map<string, MessageRow>,
    own: { inFlight: MessageRow[]; givenUp: MessageRow[] },
  ) {
    this.#unit = unit;
    this.#rows = rows;
    this.#inFlight = own.inFlight;
    this.#givenUp = own.givenUp;
  }

  /** The log is newest first, and what came later is placed after what came before. */
  applyCall({ messages, options }: Call): Recorded[] {
    if (options.source === "webhook") return messages.map((message) => this.#record(message, options));
    const oldestFirst = messages.toReversed();
    return oldestFirst.map((message) => this.#record(message, options)).toReversed();
  }

  #record(message: TwilioMessage, options: RecordOptions): Recorded {
    const outcome = this.#apply(message, options);
    const at = new Date(this.#rows.get(message.sid)?.at ?? message.at);
    this.#latest.set(pairKey(message), at.getTime());
    return { sid: message.sid, outcome, at };
  }

  #apply(message: TwilioMessage, options: RecordOptions): Recorded["outcome"] {
    const known = this.#rows.get(message.sid);
    if (known) return this.#follow(known, message, options);
    if (options.source === "log" && this.#mayBeOurs(message, this.#inFlight)) return "unchanged";
    const placed = options.source === "log" ? this.#place(message) : message;
    const givenUp = options.source === "log" ? this.#mayBeOurs(message, this.#givenUp) : undefined;
    if (givenUp) return this.#claim(givenUp, message, options);
    this.#put(newRow(this.#unit.accountSid, placed), options);
    this.#grow(placed, options.unread && message.direction === "inbound" ? 1 : 0);
    return "added";
  }

  // Twilio's times have whole seconds while ours are exact, so a text may seem older than the one it answers.
  #place(message: TwilioMessage): TwilioMessage {
    const before = this.#latest.get(pairKey(message)) ?? 0;
    const second = Math.floor(message.at.getTime() / 1_000) * 1_000;
    if (before <= message.at.getTime() || before >= second + 999) return message;
    return { ...message, at: new Date(before + 1) };
  }

  async save(): Promise<void> {
    await saveRows(
      this.#unit,
      [...this.#dirty].map((sid) => this.#rows.get(sid)).filter((row) => row !== undefined),
    );
    await growPairs(this.#unit, [...this.#growths.values()]);
    await refreshPairs(this.#unit, [...this.#changedPairs.values()]);
  }

  #follow(known: MessageRow, message: TwilioMessage, options: RecordOptions): Recorded["outcome"] {
    const { errorCode: code, errorMessage } = message;
    const row =
      options.source === "log"
        ? corrected(known, message)
        : advanced(known, message.status, { code, message: errorMessage });
    if (differs(known, row)) {
      this.#put({ ...row, touched_at: Date.now() }, options);
      return "changed";
    }
    if (options.source === "log") this.#touch(known);
    return "unchanged";
  }

  // We said it was not sent, because the log lagged further behind than we waited.
  #claim(ours: MessageRow, message: TwilioMessage, options: RecordOptions): Recorded["outcome"] {
    this.#givenUp = this.#givenUp.filter((row) => row !== ours);
    this.#put(claimed(ours, message, undefined), options);
    return "changed";
  }

  #put(row: MessageRow, { announce }: RecordOptions): void {
    this.#keep(row);
    const pair = { twilioNumber: row.twilio_number, target: row.target };
    this.#changedPairs.set(pairKey(pair), pair);
    if (announce) this.#unit.announce({ kind: "message", messageId: row.id });
  }

  #keep(row: MessageRow): void {
    if (row.sid === null) return;
    this.#rows.set(row.sid, row);
    this.#dirty.add(row.sid);
  }

  #grow({ twilioNumber, target, at }: TwilioMessage, unread: number): void {
    const key = pairKey({ twilioNumber, target });
    const grown = this.#growths.get(key) ?? { twilioNumber, target, at: 0, unread: 0 };
    this.#growths.set(key, { ...grown, at: Math.max(grown.at, at.getTime()), unread: grown.unread + unread });
  }

  // Twilio was asked just now and had no news, so whoever asks about unsettled messages can take others first.
  #touch(row: MessageRow): void {
    const now = Date.now();
    const unsettled = row.direction === "outbound" && row.status_rank < 5;
    if (unsettled && now - row.touched_at > restMs) this.#keep({ ...row, touched_at: now });
  }

  #mayBeOurs(message: TwilioMessage, own: MessageRow[]): MessageRow | undefined {
    if (message.direction === "inbound") return undefined;
    const pair = pairKey(message);
    return own.find(
      (row) =>
        pairKey({ twilioNumber: row.twilio_number, target: row.target }) === pair &&
        isText(message.body, row.body) &&
        message.at.getTime() >= row.at - clockSlackMs,
    );
  }
}
