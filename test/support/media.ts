import { deflateSync, crc32 } from "node:zlib";
import type { NewMedia } from "../../src/sandbox/world/newMessage.ts";
import { shop } from "./people.ts";
import type { Parley } from "./parley.ts";

/** A PNG of one colour, so many pixels wide and high. */
export function png(size = 8, colour: [number, number, number] = [11, 107, 102]): NewMedia {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.from([0, ...Array.from({ length: size }, () => colour).flat()]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: size }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const content = Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return { contentType: "image/png", content };
}

/** A second of silence. */
export function wav(): NewMedia {
  const [header, samples] = [Buffer.alloc(44), Buffer.alloc(8_000, 128)];
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.length, 40);
  return { contentType: "audio/x-wav", content: Buffer.concat([header, samples]) };
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The addresses of the pictures and files on a page, in their order. */
export function mediaLinks(html: string): string[] {
  return [...new Set([...html.matchAll(/"(\/media\/[^"]+)"/g)].map(([, path = ""]) => path))];
}

/** What the sandbox was asked for that is about media. */
export function mediaCalls({ sandbox }: Parley): string[] {
  return sandbox.world.log
    .list()
    .map(({ url }) => url)
    .filter((url) => /\/Media(\/|\.json)/.test(url))
    .reverse();
}

/** Lets the sandbox tell the shop's texts to Parley as they come, as Twilio does. */
export function hearTexts(parley: Parley): void {
  for (const number of parley.sandbox.world.accounts.get(shop.accountSid)?.numbers.values() ?? [])
    number.settings.SmsUrl = `${parley.url}/sms`;
}
