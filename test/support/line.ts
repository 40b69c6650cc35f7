import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A line to a server on this machine, with the troubles that lines have. */
export async function startLine(target: number) {
  const sockets = new Set<Socket>();
  let silent = false;
  let allowance = Infinity;
  let delayMs = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    return socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  };
  const line = createServer((caller) => {
    keep(caller);
    if (silent) return void caller.resume();
    const server = keep(connect(target, "127.0.0.1"));
    caller.pipe(server);
    const later = (action: () => void) => (delayMs > 0 ? setTimeout(action, delayMs) : action());
    server.on("data", (bytes) => later(() => caller.write(bytes.subarray(0, allowance))));
    server.on("end", () => later(() => caller.end()));
  }).listen(0, "127.0.0.1");
  await once(line, "listening");
  const hangUp = () => sockets.forEach((socket) => socket.destroy());
  return {
    port: (line.address() as AddressInfo).port,
    /** From now on, only so many bytes of every packet arrive. */
    allow: (bytes: number) => (allowance = bytes),
    /** From now on, answers take so much longer. */
    slow: (ms: number) => (delayMs = ms),
    /** Cuts all calls and takes new ones without ever answering; resolves with the first of them. */
    async fallSilent(): Promise<Socket> {
      silent = true;
      const called = once(line, "connection");
      hangUp();
      const [caller] = (await called) as [Socket];
      return caller;
    },
    async close(): Promise<void> {
      const closed = once(line, "close");
      line.close();
      hangUp();
      await closed;
    },
  };
}
