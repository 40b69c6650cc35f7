// HTTP/1.1 by hand: node:http's client takes more time for a request than the servers that are measured with it.
import { connect, type Socket } from "node:net";

export interface Asked {
  path: string;
  method?: string;
  headers?: Record<string, string | number>;
  body?: string;
}

/** What came for one request: the body's bytes are counted without the marks of its chunks. */
export interface Answer {
  status: number;
  bytes: number;
}

const endOfHead = "\r\n\r\n";
const endOfLine = "\r\n";

const written = new WeakMap<Asked, Buffer>();

/** The request as it goes over the wire, written once for each `asked`. */
export function write(url: string, asked: Asked): Buffer {
  const known = written.get(asked);
  if (known) return known;
  const { path, method = "GET", headers = {}, body = "" } = asked;
  const all = {
    host: new URL(url).host,
    ...(body ? { "content-length": Buffer.byteLength(body) } : {}),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}${endOfLine}`);
  const request = Buffer.from(`${method} ${path} HTTP/1.1${endOfLine}${lines.join("")}${endOfLine}${body}`);
  written.set(asked, request);
  return request;
}

/** Reads one answer from pieces of a stream, which may be cut anywhere. */
export class Reader {
  #rest: Buffer = Buffer.alloc(0);
  #status = 0;
  #bytes = 0;
  /** What of the body, or of its current chunk, has not come yet; undefined while a head or a chunk's size is awaited. */
  #left: number | undefined;
  #isChunked = false;

  /** The answer, once this piece completes it. */
  take(piece: Buffer): Answer | undefined {
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    while (this.#step());
    return this.#left === 0 && !this.#isChunked ? this.#end() : undefined;
  }

  /** True while there may be more to read in what has come. */
  #step(): boolean {
    if (this.#status === 0) return this.#readHead();
    if (this.#left === undefined) return this.#readSize();
    return this.#left > 0 && this.#readBody(this.#left);
  }

  #readHead(): boolean {
    const end = this.#rest.indexOf(endOfHead);
    if (end < 0) return false;
    const head = this.#rest.toString("latin1", 0, end);
    this.#rest = this.#rest.subarray(end + endOfHead.length);
    this.#status = Number(head.slice(9, 12));
    this.#isChunked = /\r\ntransfer-encoding: *chunked/i.test(head);
    const isEmpty = this.#status === 204 || this.#status === 304;
    const length = isEmpty ? "0" : /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined && !this.#isChunked) throw new Error(`an answer without an end: ${head}`);
    this.#left = this.#isChunked ? undefined : Number(length);
    return true;
  }

  #readSize(): boolean {
    const end = this.#rest.indexOf(endOfLine);
    if (end < 0) return false;
    const size = Number.parseInt(this.#rest.toString("latin1", 0, end), 16);
    const isLast = size === 0;
    // After the last one comes an empty line, too.
    if (isLast && this.#rest.length < end + 2 * endOfLine.length) return false;
    this.#rest = this.#rest.subarray(end + (isLast ? 2 : 1) * endOfLine.length);
    this.#isChunked = !isLast;
    // With the end of its line, which is no part of the body.
    this.#left = isLast ? 0 : size + endOfLine.length;
    this.#bytes -= isLast ? 0 : endOfLine.length;
    return !isLast;
  }

  #readBody(left: number): boolean {
    const come = Math.min(left, this.#rest.length);
    this.#bytes += come;
    this.#rest = this.#rest.subarray(come);
    const isWhole = come === left;
    this.#left = isWhole ? (this.#isChunked ? undefined : 0) : left - come;
    return isWhole && this.#isChunked;
  }

  #end(): Answer {
    const answer = { status: this.#status, bytes: this.#bytes };
    [this.#status, this.#bytes, this.#left] = [0, 0, undefined];
    return answer;
  }
}

/** One connection, with one request under way at a time. */
export class Wire {
  readonly #url: string;
  readonly #socket: Socket;
  readonly #reader = new Reader();
  #waiting: PromiseWithResolvers<Answer> | undefined;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#url = url;
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on("data", (piece: Buffer) => this.#take(piece));
    this.#socket.on("error", (error) => this.#waiting?.reject(error));
    this.#socket.on("close", () => this.#waiting?.reject(new Error(`${url} ended the connection`)));
  }

  ask(asked: Asked): Promise<Answer> {
    this.#waiting = Promise.withResolvers<Answer>();
    this.#socket.write(write(this.#url, asked));
    return this.#waiting.promise;
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(piece: Buffer): void {
    try {
      const answer = this.#reader.take(piece);
      if (answer) this.#waiting?.resolve(answer);
    } catch (error) {
      this.#socket.destroy(error as Error);
    }
  }
}
