import { IntakeBatch } from "../../models/chat/intakeBatch.ts";
import type { Source, Taken, Told } from "../../models/chat/told.ts";
import type { Unit } from "../commits/writer.ts";
import { toMessage } from "./messageRows.ts";
import { openRows, rowsById, rowsBySid, rowsOf } from "./messageTable.ts";
import { saveMedia } from "./mediaRows.ts";
import { deleteMessages, saveMessages, touchMessages } from "./messageWrites.ts";
import { growConversations } from "./conversationGrowth.ts";
import { forgetMasked, refreshConversations, uncountUnread } from "./conversationSummaries.ts";
import { followOptOuts } from "./optOuts.ts";
import { holdCallbacks, releaseCallbacks, waitingCallbacks } from "./waitingCallbacks.ts";

/** What one call of the way in was told. */
export interface Telling {
  told: Told[];
  source: Source;
}

/** Everything that was told at the same time, in one transaction. Answers in the order of the tellings. */
export async function takeAll(unit: Unit, tellings: Telling[]): Promise<Taken[][]> {
  const batch = await loadBatch(unit, tellings);
  const taken = tellings.map(({ told, source }) => batch.take(told, source));
  await saveBatch(unit, batch);
  return taken;
}

/** A batch that knows these messages of ours. */
export async function batchOf(unit: Unit, ids: string[]): Promise<IntakeBatch> {
  const rows = await rowsById(unit, ids);
  return new IntakeBatch({ messages: rows.map(toMessage), waiting: [], now: new Date() });
}

export async function batchOfSids(unit: Unit, sids: string[]): Promise<IntakeBatch> {
  const rows = await rowsBySid(() => rowsOf(unit), sids);
  return new IntakeBatch({ messages: rows.map(toMessage), waiting: [], now: new Date() });
}

export async function saveBatch(
  unit: Unit,
  batch: IntakeBatch,
  holders = new Map<string, string>(),
): Promise<void> {
  for (const change of batch.changes) unit.announce(change);
  unit.reached.push(...batch.reached);
  const removed = [...batch.removed.values()];
  await uncountUnread(unit, [...removed, ...batch.moved.values()]);
  await deleteMessages(
    unit,
    removed.map(({ id }) => id),
  );
  await growConversations(unit, [...batch.pairs.values()]);
  await saveMessages(unit, batch, holders);
  await saveMedia(unit, batch);
  await touchMessages(unit, [...batch.asked]);
  await refreshConversations(unit, [...batch.pairs.values()]);
  await forgetMasked(unit, [...batch.moved.values()]);
  await followOptOuts(unit, [...batch.persons]);
  await holdCallbacks(unit, [...batch.held.values()]);
  await releaseCallbacks(unit, [...batch.released]);
}

// Rows of outbound messages are read only when an outbound message may be meant.
async function loadBatch(unit: Unit, tellings: Telling[]): Promise<IntakeBatch> {
  const all = tellings.flatMap(({ told }) => told);
  const known = (
    await rowsBySid(
      () => rowsOf(unit),
      all.map(({ sid }) => sid),
    )
  ).map(toMessage);
  const knownSids = new Set(known.map(({ sid }) => sid));
  const newOutbound = all.filter(({ sid, direction }) => direction === "outbound" && !knownSids.has(sid));
  const answered = await rowsById(
    unit,
    all.flatMap(({ answers }) => answers ?? []),
  );
  const open = newOutbound.length > 0 ? await openRows(unit) : [];
  const own = [...answered, ...open].map(toMessage);
  const sids = newOutbound.map(({ sid }) => sid);
  return new IntakeBatch({
    messages: [...known, ...own],
    waiting: sids.length > 0 ? await waitingCallbacks(unit, sids) : [],
    now: new Date(),
  });
}
