import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from "node:net";
import { afterEach } from "vitest";

const servers: (Server | TcpServer)[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  }
});

/** A server that stands in for Twilio until the test ends; the address is for `apiUrl`. */
export async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

/** One that knows no HTTP, for what happens before. */
export async function serveSockets(listener: (socket: Socket) => void): Promise<string> {
  return `https://127.0.0.1:${await listen(createTcpServer(listener))}`;
}

/** An address that nobody listens at. */
export async function closedAddress(): Promise<string> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return `http://127.0.0.1:${port}`;
}

/** The same answer to everything. */
export function answer(status: number, body: string): RequestListener {
  return (_, response) => {
    response.writeHead(status, { "Content-Type": body.startsWith("<") ? "text/html" : "application/json" });
    response.end(body);
  };
}

async function listen(server: Server | TcpServer): Promise<number> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
