import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** Hands everything on to a Twilio whose clock shows so many milliseconds more than ours. */
export async function startOtherClock(target: () => string, aheadMs: number) {
  const server = createServer((request, response) => {
    void request.toArray().then(async (chunks) => {
      const { method = "GET", url = "/" } = request;
      const { authorization = "", "content-type": type = "" } = request.headers;
      const sent = Buffer.concat(chunks as Buffer[]).toString();
      const answer = await fetch(target() + shiftedQuery(url, -aheadMs), {
        method,
        headers: { authorization, "content-type": type },
        body: sent === "" ? null : sent,
      }).catch(() => undefined);
      if (answer === undefined) return void request.socket.destroy();
      response.setHeader("Date", new Date(Date.now() + aheadMs).toUTCString());
      response.setHeader("Content-Type", answer.headers.get("content-type") ?? "");
      response.writeHead(answer.status).end(shiftedDates(await answer.text(), aheadMs));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  async function close(): Promise<void> {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }
  return { url, close };
}

function shiftedDates(json: string, ms: number): string {
  return json.replace(/("date_\w+": ?")([^"]+)"/g, (_, name: string, date: string) => {
    const shifted = new Date(new Date(date).getTime() + ms).toUTCString();
    return `${name}${shifted.replace("GMT", "+0000")}"`;
  });
}

function shiftedQuery(url: string, ms: number): string {
  const asked = new URL(url, "http://twilio");
  for (const [name, value] of asked.searchParams)
    if (name.startsWith("DateSent"))
      asked.searchParams.set(name, new Date(new Date(value).getTime() + ms).toISOString());
  return asked.pathname + asked.search;
}
