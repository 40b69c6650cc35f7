import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";

/** Answers without Express; returns what names the request. */
export function answer(
  response: ServerResponse,
  status: number,
  { type, content }: { type: string; content: string },
): string {
  const requestId = randomUUID();
  response.writeHead(status, {
    "Content-Type": `${type}; charset=utf-8`,
    "Content-Length": Buffer.byteLength(content),
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": requestId,
  });
  response.end(content);
  return requestId;
}
