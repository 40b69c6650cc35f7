import { createServer, type IncomingMessage } from "node:http";
import { EventEmitter, once } from "node:events";
import type { AddressInfo } from "node:net";

export interface Received {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage["headers"];
  form: URLSearchParams;
}

export interface Answer {
  status?: number;
  type?: string;
  body?: string;
  location?: string;
}

/** Somebody's webhook: keeps what it gets, and answers what the test says, an empty TwiML otherwise. */
export async function webhook(answers: Answer[] = []) {
  const received: Received[] = [];
  const news = new EventEmitter<{ received: [] }>();
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const { method = "", url = "", headers } = request;
      const form = new URLSearchParams(Buffer.concat(chunks as Buffer[]).toString());
      received.push({ method, url, headers, form });
      const { status = 200, type = "text/xml", body = "<Response/>", location } = answers.shift() ?? {};
      response.writeHead(status, { "Content-Type": type, ...(location ? { Location: location } : {}) });
      response.end(body);
      news.emit("received");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    received,
    answers,
    /** Resolves when so many requests have come in all. */
    async until(count: number): Promise<void> {
      while (received.length < count) await once(news, "received");
    },
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
