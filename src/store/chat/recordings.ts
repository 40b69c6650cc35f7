import type { Recorded, RecordOptions } from "../../models/ports.ts";
import type { TwilioMessage } from "../../models/types.ts";
import { applyAll, type Call } from "./batch.ts";
import { GroupCommit } from "../commits/groupCommit.ts";
import { chunks } from "./conversationSummaries.ts";
import type { Writer } from "../commits/writer.ts";

const callsPerCommit = 500;
// A page of history goes in by pieces, so that a webhook need not wait for all of it.
const messagesPerCall = 500;
/** The one way in for Twilio's messages. */
export class Recordings {
  readonly #writer: Writer;
  readonly #commits = new GroupCommit<Call, Recorded[]>((calls) => this.#commit(calls), callsPerCommit);

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  async record(accountSid: string, messages: TwilioMessage[], options: RecordOptions): Promise<Recorded[]> {
    const recorded: Recorded[] = [];
    for (const chunk of chunks(messages, messagesPerCall))
      recorded.push(...(await this.#commits.add({ accountSid, messages: chunk, options })));
    return recorded;
  }

  idle(): Promise<void> {
    return this.#commits.idle();
  }

  async #commit(calls: Call[]): Promise<Recorded[][]> {
    const byAccount = [...Map.groupBy(calls, ({ accountSid }) => accountSid)].sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    const accountSids = byAccount.map(([accountSid]) => accountSid);
    const answers = await this.#writer.writeAll(accountSids, async (unitOf) => {
      const recorded = new Map<Call, Recorded[]>();
      for (const [accountSid, own] of byAccount) {
        const batch = await applyAll(unitOf(accountSid), own);
        own.forEach((call, index) => recorded.set(call, batch[index] ?? []));
      }
      return recorded;
    });
    return calls.map((call) => answers.get(call) ?? []);
  }
}
