import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One HTTP call as it went over the wire. */
export interface Exchange {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  status: number;
  contentType: string;
  body: Buffer;
}

/** A server that hands everything on to another and keeps what went through. */
export async function tap(target: string) {
  const exchanges: Exchange[] = [];
  const server = createServer((request, response) => {
    void forward(target, request, response).then((exchange) => exchanges.push(exchange));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  async function close(): Promise<void> {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }
  return { url, exchanges, close };
}

async function forward(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Exchange> {
  const sent = Buffer.concat((await request.toArray()) as Buffer[]);
  const { method = "GET", url = "/" } = request;
  const { authorization = "", "content-type": type = "" } = request.headers;
  const answer = await fetch(target + url, {
    method,
    headers: { authorization, "content-type": type },
    body: sent.length > 0 ? new Uint8Array(sent) : null,
    redirect: "manual",
  });
  const body = Buffer.from(await answer.arrayBuffer());
  const contentType = answer.headers.get("content-type") ?? "";
  const headers = Object.fromEntries(
    ["content-type", "location"].flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  response.writeHead(answer.status, headers).end(body);
  const { pathname, searchParams } = new URL(url, target);
  const form = new URLSearchParams(sent.toString());
  return { method, path: pathname, query: searchParams, form, status: answer.status, contentType, body };
}
