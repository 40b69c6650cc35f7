import { crc32, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { png } from "../../../src/sandbox/handset/png.ts";
import { samplePicture, samples } from "../../../src/sandbox/handset/samples.ts";

describe("pictures to choose from", () => {
  test("are PNG files whose points are as drawn and whose checksums hold", () => {
    const file = png(3, 2, (x, y) => [x, y, 255]);
    expect(file.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    const chunks = chunksOf(file);
    expect(chunks.map(({ type, sound }) => [type, sound])).toEqual([
      ["IHDR", true],
      ["IDAT", true],
      ["IEND", true],
    ]);
    const lines = [
      [0, 0, 0, 255, 1, 0, 255, 2, 0, 255],
      [0, 0, 1, 255, 1, 1, 255, 2, 1, 255],
    ];
    expect([...inflateSync(chunks[1]?.content ?? Buffer.alloc(0))]).toEqual(lines.flat());
  });

  test("are drawn once, and there are no others than those that are offered", () => {
    expect(samples.map(({ name }) => name)).toEqual(["sunset", "shelf", "cat"]);
    const cat = samplePicture("cat");
    expect([cat?.readUInt32BE(16), cat?.readUInt32BE(20)]).toEqual([320, 240]);
    expect(samplePicture("cat")).toBe(cat);
    expect(samplePicture("dog")).toBeUndefined();
  });
});

function chunksOf(file: Buffer): { type: string; content: Buffer; sound: boolean }[] {
  const chunks = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const [body, check] = [file.subarray(at + 4, at + 8 + length), file.readUInt32BE(at + 8 + length)];
    chunks.push({
      type: body.toString("latin1", 0, 4),
      content: body.subarray(4),
      sound: crc32(body) === check,
    });
    at += 12 + length;
  }
  return chunks;
}
