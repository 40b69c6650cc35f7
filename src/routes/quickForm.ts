import type { IncomingMessage } from "node:http";
import { parse } from "node:querystring";
import { paths } from "../helpers/paths.ts";

export type Form = ReturnType<typeof parse>;

/** In bytes: a text of 10,000 signs, each written as %XX, and all that stands around it. */
export const longestForm = 128 * 1_024;
const formType = /^application\/x-www-form-urlencoded(?:;\s*charset=utf-8)?$/i;

/** Whether it is a text from Twilio as they nearly all come, for this host. */
export function isPlain({ method, url, headers }: IncomingMessage, host: string): boolean {
  return (
    method === "POST" &&
    url === paths.inboundMessages &&
    headers.host === host &&
    headers["content-encoding"] === undefined &&
    Number(headers["content-length"]) <= longestForm &&
    formType.test(headers["content-type"] ?? "")
  );
}

/** The form; undefined when the connection ended before the form did. */
export function readForm(request: IncomingMessage): Promise<Form | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => resolve(parse(Buffer.concat(chunks).toString("utf8"))));
    request.on("close", () => resolve(undefined));
  });
}
