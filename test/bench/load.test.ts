import type { Socket } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fetchRaw, load } from "../../bench/load.ts";
import { Reader, Wire } from "../../bench/wire.ts";
import { serve } from "../support/localServer.ts";

const answers = [
  { text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", status: 200, bytes: 5 },
  { text: "HTTP/1.1 303 See Other\r\ncontent-length:0\r\n\r\n", status: 303, bytes: 0 },
  { text: "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n", status: 204, bytes: 0 },
  {
    text: "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n0\r\n\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
    status: 404,
    bytes: 29,
  },
];

test("answers are counted right, wherever the network cuts them", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...answers)), cuts, (sent, lengths) => {
      const reader = new Reader();
      const come = sent.map(({ text }) => piecesOf(text, lengths).map((piece) => reader.take(piece)));
      expect(come.map((taken) => taken.at(-1))).toEqual(sent.map(({ status, bytes }) => ({ status, bytes })));
      expect(come.flatMap((taken) => taken.slice(0, -1)).every((taken) => taken === undefined)).toBe(true);
    }),
  );
});

function piecesOf(text: string, lengths: number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let [start, index] = [0, 0]; start < text.length; index += 1) {
    const end = start + (lengths[index % lengths.length] ?? 1);
    pieces.push(Buffer.from(text.slice(start, end)));
    start = end;
  }
  return pieces;
}

test("an answer without an end is an error, as is a connection that ends", async () => {
  expect(() => new Reader().take(Buffer.from("HTTP/1.1 200 OK\r\n\r\n"))).toThrow("without an end");
  const url = await serve((request) => request.socket.destroy());
  await expect(new Wire(url).ask({ path: "/" })).rejects.toThrow("ended the connection");
});

test("what is asked arrives as it was asked", async () => {
  const url = await serve((request, response) => {
    let body = "";
    request.on("data", (piece: Buffer) => (body += piece.toString()));
    request.on("end", () =>
      response.writeHead(201).end(`${request.method} ${request.url} ${request.headers.from} ${body}`),
    );
  });
  const asked = { path: "/a?b", method: "POST", headers: { from: "me" }, body: "é=1" };
  expect(await fetchRaw(url, asked)).toEqual({ status: 201, bytes: Buffer.byteLength("POST /a?b me é=1") });
});

test("a load has one request under way on each connection, and counts all that were answered", async () => {
  const underWay = new Map<Socket, number>();
  let [asked, most] = [0, 0];
  const url = await serve(({ socket }, response) => {
    asked += 1;
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    most = Math.max(most, ...underWay.values());
    setImmediate(() => {
      underWay.set(socket, 0);
      response.end("ok");
    });
  });
  const { count, p50, p99 } = await load(url, () => ({ path: "/" }), { connections: 3, ms: 100 });
  expect([count, underWay.size, most]).toEqual([asked, 3, 1]);
  expect(p50).toBeGreaterThan(0);
  expect(p99).toBeGreaterThanOrEqual(p50);
});

test("a load that meets another status than it should has measured something else", async () => {
  const url = await serve((_request, response) => response.writeHead(403).end());
  const terms = { connections: 2, ms: 100 };
  await expect(load(url, () => ({ path: "/" }), terms)).rejects.toThrow("answered 403 instead of 200");
  expect((await load(url, () => ({ path: "/" }), { ...terms, status: 403 })).count).toBeGreaterThan(0);
});
