import { marksInOrder, optedOutSince, type OptOutMark } from "../../models/chat/optOuts.ts";
import type { Pair } from "../../models/types.ts";
import type { Unit } from "../commits/writer.ts";

// More than any person has, and fewer than hold up the texts of everybody else: whoever has an Auth Token can sign any.
const mostMarks = 60;
const mostRefusals = 20;
const mostConversations = 50;

/** Makes the opt-outs of these persons' conversations follow from what their messages say. */
export async function followOptOuts(unit: Unit, persons: string[]): Promise<void> {
  if (persons.length === 0) return;
  const services = await servicesOf(unit);
  for (const person of persons) {
    const marks = marksInOrder(person, await marksOf(unit, person));
    const conversations = await conversationsOf(unit, person);
    const changed = conversations
      .map((conversation) => {
        const since = optedOutSince(conversation, marks, (number) => services.get(number) ?? null);
        return { ...conversation, since: since?.getTime() ?? null };
      })
      .filter(({ since, optedOutAt }) => since !== optedOutAt);
    for (const [since, own] of Map.groupBy(changed, (conversation) => conversation.since))
      await setOptOuts(unit, own, since);
  }
}

async function setOptOuts(
  unit: Unit,
  conversations: (Pair & { key: number })[],
  since: number | null,
): Promise<void> {
  const keys = conversations.map(({ key }) => key);
  await unit.trx.updateTable("conversations").set({ opted_out_at: since }).where("key", "in", keys).execute();
  for (const { twilioNumber, target } of conversations)
    unit.announce({ kind: "conversation", twilioNumber, target });
}

// Each try to text somebody who opted out is refused, and must not crowd out their STOP.
async function marksOf(unit: Unit, person: string): Promise<OptOutMark[]> {
  const words = await marks(unit, person)
    .where("opt_out", "in", ["stop", "start"])
    .limit(mostMarks)
    .execute();
  const refusals = await marks(unit, person).where("opt_out", "=", "refused").limit(mostRefusals).execute();
  return [...words, ...refusals].flatMap(({ opt_out, at, ...mark }) =>
    opt_out === null ? [] : [{ ...mark, at: new Date(at), optOut: opt_out }],
  );
}

function marks({ trx, accountSid }: Unit, person: string) {
  return trx
    .selectFrom("messages")
    .innerJoin("conversations", "conversations.key", "messages.conversation")
    .select(["id", "at", "twilio_number as twilioNumber", "target", "opt_out"])
    .select("messages.service_sid as serviceSid")
    .where("account_sid", "=", accountSid)
    .where("target", "in", addressesOf(trx, accountSid, person))
    .where("opt_out", "is not", null)
    .orderBy("at", "desc");
}

function conversationsOf(
  { trx, accountSid }: Unit,
  person: string,
): Promise<(Pair & { key: number; optedOutAt: number | null })[]> {
  return trx
    .selectFrom("conversations")
    .select(["key", "twilio_number as twilioNumber", "target", "opted_out_at as optedOutAt"])
    .where("account_sid", "=", accountSid)
    .where("target", "in", addressesOf(trx, accountSid, person))
    .orderBy("last_at", "desc")
    .limit(mostConversations)
    .execute();
}

function addressesOf(trx: Unit["trx"], accountSid: string, person: string) {
  return trx
    .selectFrom("targets")
    .select("phone_number")
    .where("account_sid", "=", accountSid)
    .where("person", "=", person);
}

/** Which Messaging Service a Twilio number is in, as its newest messages tell. */
async function servicesOf({ trx, accountSid }: Unit): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom("conversations")
    .select(["twilio_number", "service_sid"])
    .where("account_sid", "=", accountSid)
    .where("service_sid", "is not", null)
    .orderBy("last_at")
    .execute();
  return new Map(rows.map(({ twilio_number, service_sid }) => [twilio_number, service_sid ?? ""]));
}
