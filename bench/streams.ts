import { connect, type Socket } from "node:net";
import { write } from "./wire.ts";

/** Open pages of one person, which hear of everything. */
export interface Streams {
  /** Resolves when each of them has this word, with the milliseconds since `startedAt` that each has waited. */
  until(word: string, startedAt: number): Promise<number[]>;
  close(): void;
}

export async function openStreams(url: string, cookie: string, count: number): Promise<Streams> {
  const opened = await Promise.all(Array.from({ length: count }, () => open(url, cookie)));
  return {
    until: (word, startedAt) => Promise.all(opened.map((stream) => stream.until(word, startedAt))),
    close: () => opened.forEach(({ socket }) => socket.destroy()),
  };
}

async function open(url: string, cookie: string) {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  // A cursor that is none is answered with one refresh, whatever was before.
  const headers = { cookie, accept: "text/event-stream", "last-event-id": "1000000000" };
  socket.write(write(url, { path: "/events", headers }));
  const until = listening(socket);
  await until("\n\n", 0);
  return { socket, until };
}

function listening(socket: Socket) {
  let heard: (piece: Buffer) => void = () => undefined;
  socket.on("data", (piece: Buffer) => heard(piece));
  return (word: string, startedAt: number) =>
    new Promise<number>((resolve, reject) => {
      socket.once("close", reject);
      heard = (piece) => {
        if (!piece.includes(word)) return;
        socket.off("close", reject);
        heard = () => undefined;
        resolve(performance.now() - startedAt);
      };
    });
}
