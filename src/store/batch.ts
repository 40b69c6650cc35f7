import type { Recorded, RecordOptions } from "../models/ports.ts";
import type { Pair, TwilioMessage } from "../models/types.ts";
import { advanced, corrected, differs, newRow } from "./messageRows.ts";
import { inFlightRows, rowsBySid, saveRows } from "./messageTable.ts";
import { growPairs, pairKey, refreshPairs, type Growth } from "./pairs.ts";
import type { MessageRow } from "./schema.ts";
import type { Unit } from "./writer.ts";

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
  const batch = new Batch(unit, await rowsBySid(unit, sids), await inFlightRows(unit));
  const recorded = calls.map(({ messages, options }) =>
    messages.map((message) => {
      const outcome = batch.apply(message, options);
      return { sid: message.sid, outcome, at: batch.timeOf(message) };
    }),
  );
  await batch.save();
  return recorded;
}

/** What a transaction's calls together do to one account. */
class Batch {
  readonly #unit: Unit;
  readonly #rows: Map<string, MessageRow>;
  readonly #inFlight: MessageRow[];
  readonly #dirty = new Set<string>();
  readonly #growths = new Map<string, Growth>();
  readonly #changedPairs = new Map<string, Pair>();

  constructor(unit: Unit, rows: Map<string, MessageRow>, inFlight: MessageRow[]) {
    this.#unit = unit;
    this.#rows = rows;
    this.#inFlight = inFlight;
  }

  apply(message: TwilioMessage, options: RecordOptions): Recorded["outcome"] {
    const known = this.#rows.get(message.sid);
    if (known) return this.#follow(known, message, options);
    if (options.source === "log" && this.#mayBeOurs(message)) return "unchanged";
    this.#put(newRow(this.#unit.accountSid, message), options);
    this.#grow(message, options.unread && message.direction === "inbound" ? 1 : 0);
    return "added";
  }

  timeOf({ sid, at }: TwilioMessage): Date {
    return new Date(this.#rows.get(sid)?.at ?? at);
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

  // A trial account's texts come back with a sentence of Twilio's before our own.
  #mayBeOurs(message: TwilioMessage): boolean {
    if (message.direction === "inbound") return false;
    const pair = pairKey(message);
    return this.#inFlight.some(
      (row) =>
        pairKey({ twilioNumber: row.twilio_number, target: row.target }) === pair &&
        message.body.endsWith(row.body) &&
        message.at.getTime() >= row.at - clockSlackMs,
    );
  }
}
