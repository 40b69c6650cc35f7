// `npm run seed -- --messages 1000000 --targets 10000 --data ./data`: a large account in minutes, the shop's of the demo.
import { parseArgs } from "node:util";
import { openStore } from "../src/store/store.ts";
import { chatPath } from "../test/support/pages.ts";
import { shop, shopNumber } from "../test/support/people.ts";

/** What servers that open a filled folder must be started with. */
export const secret = "of the benchmarks and nobody else's";

const perCall = 5_000;
const newestAt = Date.now() - 60_000;

export interface Size {
  messages: number;
  targets: number;
}

/** Fills the SQLite database in this folder; returns the page of a conversation with many messages. */
export async function fill(
  dataDir: string,
  { messages, targets }: Size,
  tell: (done: number) => void = () => undefined,
) {
  const store = await openStore({ dataDir, secret });
  const account = {
    sid: shop.accountSid,
    friendlyName: "Walnut & Sons",
    type: "Full",
    status: "active",
  } as const;
  await store.accounts.save(account, shop.authToken);
  for (let done = 0; done < messages; done += perCall) {
    const count = Math.min(perCall, messages - done);
    const told = Array.from({ length: count }, (_, index) => text(done + index, targets));
    await store.messages.take(shop.accountSid, told, "history");
    tell(done + count);
  }
  await store.syncs.update(shop.accountSid, { state: "done", seenUntil: new Date(), sweptAt: new Date() });
  await store.close();
  return { path: chatPath(numberOf(0)) };
}

/** Newest first, as the log tells it; every tenth text is one of the first conversation's. */
export function text(index: number, targets: number) {
  const isOurs = index % 3 === 0;
  return {
    sid: `SM${index.toString(16).padStart(32, "0")}`,
    twilioNumber: shopNumber,
    target: numberOf(index % 10 === 0 ? 0 : index % targets),
    direction: isOurs ? ("outbound" as const) : ("inbound" as const),
    body: `Message ${index}: the shelf is ready, and you can fetch it whenever you like.`,
    status: isOurs ? ("delivered" as const) : ("received" as const),
    ...{ errorCode: null, errorMessage: null, numMedia: 0, serviceSid: null },
    at: new Date(newestAt - index * 1_000),
  };
}

function numberOf(index: number): string {
  return `+1501${String(2_000_000 + index)}`;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      messages: { type: "string", default: "1000000" },
      targets: { type: "string", default: "10000" },
      data: { type: "string", default: "./data" },
    },
  });
  const size = { messages: Number(values.messages), targets: Number(values.targets) };
  await fill(values.data, size, (done) => process.stdout.write(`\r${done.toLocaleString("en")} messages`));
  process.stdout.write("\n");
}
