import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import type { Parley } from "./parley.ts";
import type { Visitor } from "./visitor.ts";

/** Resolves when `holds` is true, looking again whenever the store announces something. */
export function eventually(parley: Parley, holds: () => Promise<boolean>): Promise<void> {
  const { events } = parley.server.dependencies.store;
  return new Promise((resolve, reject) => {
    const look = () => {
      holds().then((done) => {
        if (!done) return;
        stop();
        resolve();
      }, reject);
    };
    const stop = events.listen(look);
    look();
  });
}

/** An open page's live stream: what arrives, and the end of it. */
export async function watch(
  parley: { url: string },
  visitor: Pick<Visitor, "cookie">,
  after = 0,
): Promise<{ text: () => string; until: (part: string) => Promise<void>; close: () => void }> {
  const cookie = visitor.cookie();
  const request = get(`${parley.url}/events?after=${after}`, {
    headers: { cookie, accept: "text/event-stream" },
  });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  let heard = "";
  response.setEncoding("utf8").on("data", (chunk: string) => (heard += chunk));
  // A server that is killed resets the connection, which the request hears of, too.
  for (const side of [request, response]) side.on("error", () => undefined);
  async function until(part: string): Promise<void> {
    while (!heard.includes(part)) await once(response, "data");
  }
  return { text: () => heard, until, close: () => request.destroy() };
}
