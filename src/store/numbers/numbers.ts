import type { NumberStore } from "../../models/numbers/store.ts";
import type { TwilioNumber } from "../../models/types.ts";
import type { Engine } from "../engines/engine.ts";
import { chunks } from "../engines/chunks.ts";
import type { NumberRow, Tables } from "../engines/schema.ts";
import type { Kysely } from "kysely";
import type { Unit, Writer } from "../commits/writer.ts";

export class Numbers implements NumberStore {
  readonly #engine: Engine;
  readonly #writer: Writer;

  constructor(engine: Engine, writer: Writer) {
    this.#engine = engine;
    this.#writer = writer;
  }

  replaceAll(accountSid: string, numbers: TwilioNumber[]): Promise<void> {
    const bySid = new Map(numbers.map((number) => [number.sid, toRow(accountSid, number)]));
    const rows = [...bySid.values()].sort(byCreation);
    return this.#writer.write(accountSid, (unit) => replaceRows(unit, rows));
  }

  async list(accountSid: string): Promise<TwilioNumber[]> {
    return (await rowsOf(this.#engine.db, accountSid)).map(toNumber);
  }
}

async function replaceRows(unit: Unit, rows: NumberRow[]): Promise<void> {
  const { trx, accountSid } = unit;
  if (same(await rowsOf(trx, accountSid), rows)) return;
  await trx.deleteFrom("numbers").where("account_sid", "=", accountSid).execute();
  for (const chunk of chunks(rows)) await trx.insertInto("numbers").values(chunk).execute();
  unit.announce({ kind: "numbers" });
}

async function rowsOf(db: Kysely<Tables>, accountSid: string): Promise<NumberRow[]> {
  const rows = await db.selectFrom("numbers").selectAll().where("account_sid", "=", accountSid).execute();
  return rows.sort(byCreation);
}

function byCreation(a: NumberRow, b: NumberRow): number {
  return a.created_at - b.created_at || (a.sid < b.sid ? -1 : 1);
}

function same(a: NumberRow[], b: NumberRow[]): boolean {
  return a.length === b.length && a.every((row, index) => sameRow(row, b[index]));
}

function sameRow(a: NumberRow, b: NumberRow | undefined): boolean {
  return (Object.keys(a) as (keyof NumberRow)[]).every((column) => a[column] === b?.[column]);
}

function toRow(accountSid: string, number: TwilioNumber): NumberRow {
  return {
    account_sid: accountSid,
    sid: number.sid,
    phone_number: number.phoneNumber,
    friendly_name: number.friendlyName,
    voice: Number(number.voice),
    sms: Number(number.sms),
    mms: Number(number.mms),
    sms_url: number.smsUrl,
    created_at: number.createdAt.getTime(),
    updated_at: number.updatedAt.getTime(),
  };
}

function toNumber(row: NumberRow): TwilioNumber {
  return {
    sid: row.sid,
    phoneNumber: row.phone_number,
    friendlyName: row.friendly_name,
    voice: row.voice === 1,
    sms: row.sms === 1,
    mms: row.mms === 1,
    smsUrl: row.sms_url,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}
