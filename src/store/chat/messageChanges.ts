import { sql } from "kysely";
import type { Message, MessageStatus, Pair, TwilioMessage } from "../../models/types.ts";
import { applyAll } from "./batch.ts";
import {
  advanced,
  claimed,
  corrected,
  differs,
  isSaidDifferently,
  standing,
  toMessage,
} from "./messageRows.ts";
import { deleteRow, rowById, rowsBySid, saveRows } from "./messageTable.ts";
import { growPairs, refreshPairs } from "./conversationSummaries.ts";
import type { MessageRow } from "../engines/schema.ts";
import { storable } from "../engines/columnText.ts";
import type { Unit } from "../commits/writer.ts";

export async function addPendingMessage(
  unit: Unit,
  draft: Pair & { id: string; body: string; at: Date },
): Promise<{ message: Message; created: boolean }> {
  const known = await rowById(unit.trx, unit.accountSid, draft.id);
  if (known) return { message: toMessage(known), created: false };
  const row = pendingRow(unit.accountSid, draft);
  await saveRows(unit, [row]);
  await growPairs(unit, [{ ...pairOf(row), at: row.at, unread: 0 }]);
  await refreshPairs(unit, [pairOf(row)]);
  unit.announce({ kind: "message", messageId: row.id });
  return { message: toMessage(row), created: true };
}

export async function acceptMessage(unit: Unit, id: string, accepted: TwilioMessage): Promise<void> {
  const ours = await rowById(unit.trx, unit.accountSid, id);
  if (ours === undefined || (ours.sid !== null && ours.sid !== accepted.sid)) return adopt(unit, accepted);
  if (ours.sid !== null) return save(unit, ours, corrected(ours, accepted));
  const seen = (await rowsBySid(unit, [accepted.sid])).get(accepted.sid);
  if (seen && seen.id !== seen.sid) await disown(unit, seen);
  else if (seen) {
    await deleteRow(unit, seen.id);
    unit.announce({ kind: "messageRemoved", messageId: seen.id });
  }
  await save(unit, ours, claimed(ours, accepted, seen));
  if (seen) await refreshPairs(unit, [pairOf(seen)]);
}

// Another of our messages, with the same words, took this one's SID from the log; what became of it is open again.
async function disown(unit: Unit, other: MessageRow): Promise<void> {
  const open = { sid: null, ...standing("checking"), error_code: null, error_message: null };
  await save(unit, other, { ...other, ...open, touched_at: Date.now() });
}

export async function markMessage(
  unit: Unit,
  id: string,
  status: "pending" | "checking" | "refused",
  error?: { code: number | null; message: string },
): Promise<void> {
  const row = await rowById(unit.trx, unit.accountSid, id);
  if (row === undefined || row.sid !== null) return;
  const marked = { error_code: error?.code ?? null, error_message: error ? storable(error.message) : null };
  await save(unit, row, { ...row, ...standing(status), ...marked, touched_at: Date.now() });
}

export async function advanceMessage(
  unit: Unit,
  sid: string,
  status: MessageStatus,
  errorCode: number | null,
): Promise<boolean> {
  const row = (await rowsBySid(unit, [sid])).get(sid);
  if (row === undefined) return false;
  await save(unit, row, advanced(row, status, { code: errorCode, message: null }));
  return true;
}

export async function removeMessage(unit: Unit, sid: string): Promise<void> {
  const row = (await rowsBySid(unit, [sid])).get(sid);
  if (row === undefined) return;
  await deleteRow(unit, row.id);
  if (row.direction === "inbound") await countUnread(unit, row);
  await refreshPairs(unit, [pairOf(row)]);
  unit.announce({ kind: "messageRemoved", messageId: row.id });
  unit.announce({ kind: "conversation", ...pairOf(row) });
}

// The message is not, or no longer, one of ours; it exists at Twilio all the same.
async function adopt(unit: Unit, accepted: TwilioMessage): Promise<void> {
  const options = { source: "webhook", unread: false, announce: true } as const;
  await applyAll(unit, [{ accountSid: unit.accountSid, messages: [accepted], options }]);
}

async function save(unit: Unit, before: MessageRow, after: MessageRow): Promise<void> {
  if (!differs(before, after)) return;
  await saveRows(unit, [after]);
  if (isSaidDifferently(before, after)) await refreshPairs(unit, [pairOf(after)]);
  unit.announce({ kind: "message", messageId: after.id });
}

// What is unread are the newest inbound ones, so the removed one was among them when fewer than that are newer.
async function countUnread({ trx, accountSid }: Unit, removed: MessageRow): Promise<void> {
  const { twilioNumber, target } = pairOf(removed);
  await sql`
    update conversations set unread = unread - 1
    where account_sid = ${accountSid} and twilio_number = ${twilioNumber} and target = ${target}
      and unread > (
        select count(*) from messages m
        where m.account_sid = ${accountSid} and m.twilio_number = ${twilioNumber} and m.target = ${target}
          and m.direction = 'inbound' and (m.at, m.id) > (${removed.at}, ${removed.id}))
  `.execute(trx);
}

function pendingRow(accountSid: string, draft: Pair & { id: string; body: string; at: Date }): MessageRow {
  return {
    account_sid: accountSid,
    id: draft.id,
    sid: null,
    twilio_number: draft.twilioNumber,
    target: draft.target,
    direction: "outbound",
    body: storable(draft.body),
    ...standing("pending"),
    error_code: null,
    error_message: null,
    num_media: 0,
    at: draft.at.getTime(),
    touched_at: Date.now(),
  };
}

function pairOf(row: MessageRow): Pair {
  return { twilioNumber: row.twilio_number, target: row.target };
}
