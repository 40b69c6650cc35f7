import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface Balancer {
  url: string;
  close(): Promise<void>;
}

/** Hands each connection to the next of these instances, or to the one after when nobody listens there. */
export async function startBalancer(instances: { url: string }[]): Promise<Balancer> {
  const clients = new Set<Socket>();
  let turn = 0;
  const server = createServer({ pauseOnConnect: true }, (client) => {
    clients.add(client);
    client.on("close", () => clients.delete(client)).on("error", () => undefined);
    const ports = instances.map(({ url }) => Number(new URL(url).port));
    turn = (turn + 1) % ports.length;
    bridge(client, [...ports.slice(turn), ...ports.slice(0, turn)]);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}

function bridge(client: Socket, [port, ...others]: number[]): void {
  if (port === undefined) return void client.destroy();
  const instance = connect(port, "127.0.0.1");
  const goOn = () => bridge(client, others);
  instance.once("error", goOn);
  instance.once("connect", () => {
    instance.off("error", goOn).on("error", () => client.destroy());
    client.on("close", () => instance.destroy());
    instance.on("close", () => client.end());
    client.pipe(instance).pipe(client);
  });
}
