import { setImmediate as turn } from "node:timers/promises";
import { Invalid } from "../../models/errors.ts";
import type { NamedPerson, PeopleStore } from "../../models/chat/store.ts";
import { plainText } from "../../models/chat/told.ts";
import type { Unit, Writer } from "../commits/writer.ts";
import { chunks } from "../engines/chunks.ts";
import type { Engine } from "../engines/engine.ts";
import { folded } from "../../models/words.ts";

export class People implements PeopleStore {
  readonly #engine: Engine;
  readonly #writer: Writer;

  constructor(engine: Engine, writer: Writer) {
    this.#engine = engine;
    this.#writer = writer;
  }

  async count(accountSid: string): Promise<number> {
    const row = await this.#engine.db
      .selectFrom("people")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("account_sid", "=", accountSid)
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  list(accountSid: string): Promise<NamedPerson[]> {
    return this.#engine.db
      .selectFrom("people")
      .select(["person", "name"])
      .where("account_sid", "=", accountSid)
      .orderBy("person")
      .execute();
  }

  restore(
    accountSid: string,
    people: NamedPerson[],
    most: number,
  ): Promise<{ restored: number; same: number }> {
    return this.#writer.write(accountSid, (unit) => restoreAll(unit, people, most));
  }
}

/** Gives the person a name, or takes it away. */
export async function namePerson(unit: Unit, person: string, name: string | null): Promise<void> {
  if (name !== null) return saveNames(unit, [{ person, name }]);
  await unit.trx
    .deleteFrom("people")
    .where("account_sid", "=", unit.accountSid)
    .where("person", "=", person)
    .execute();
}

async function restoreAll(
  unit: Unit,
  people: NamedPerson[],
  most: number,
): Promise<{ restored: number; same: number }> {
  const known = new Map(
    (
      await unit.trx
        .selectFrom("people")
        .select(["person", "name"])
        .where("account_sid", "=", unit.accountSid)
        .execute()
    ).map(({ person, name }) => [person, name]),
  );
  const wanted = new Map(people.map(({ person, name }) => [plainText(person), plainText(name)]));
  const fresh = [...wanted].filter(([person, name]) => known.get(person) !== name);
  if (new Set([...known.keys(), ...wanted.keys()]).size > most)
    throw new Invalid(
      `Parley keeps ${most.toLocaleString("en")} names of an account, and this would be more.`,
    );
  await saveNames(
    unit,
    fresh.map(([person, name]) => ({ person, name })),
  );
  if (fresh.length > 0) unit.announce({ kind: "refresh" });
  return { restored: fresh.length, same: wanted.size - fresh.length };
}

async function saveNames({ trx, accountSid }: Unit, people: NamedPerson[]): Promise<void> {
  for (const chunk of chunks(people)) {
    const rows = chunk.map(({ person, name }) => {
      const kept = plainText(name);
      return { account_sid: accountSid, person, name: kept, folded_name: folded(kept) };
    });
    await trx
      .insertInto("people")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["account_sid", "person"]).doUpdateSet((eb) => ({
          name: eb.ref("excluded.name"),
          folded_name: eb.ref("excluded.folded_name"),
        })),
      )
      .execute();
    // Others are answered in between.
    await turn();
  }
}
