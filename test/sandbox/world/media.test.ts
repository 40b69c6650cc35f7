import { describe, expect, test } from "vitest";
import { readUpTo } from "../../../src/sandbox/world/limitedBody.ts";
import {
  fetchMedia,
  fetchPicture,
  isAcceptedMedia,
  mostMediaBytes,
} from "../../../src/sandbox/world/media.ts";
import { serve } from "../../support/localServer.ts";
import { messageOf } from "./worlds.ts";

const open = new AbortController().signal;

describe("a type of picture", () => {
  const images = ["jpeg", "jpg", "png", "gif", "heic", "heif", "tiff", "bmp"].map((name) => `image/${name}`);
  const others = [
    "video/mp4",
    "video/3gpp",
    "audio/ogg",
    "audio/amr",
    "text/vcard",
    "text/x-vcard",
    "text/csv",
  ];
  test.each([...images, ...others, "text/calendar", "application/pdf", "application/vcard"])(
    "%s may be sent",
    (type) => expect(isAcceptedMedia(type)).toBe(true),
  );

  test.each([
    ...["image/webp", "image/svg+xml", "image/tiff-fx", "text/html", "text/plain", "text/csv-schema"],
    ...["application/msword", "application/json", "application/pdfx", "x-image/png", ""],
  ])("%j may not", (type) => expect(isAcceptedMedia(type)).toBe(false));
});

/** Somebody's server with files of so many bytes, their length told beforehand or not. */
const filesOf = (bytes: number, type: string, told = true) =>
  serve((_request, response) => {
    response.writeHead(200, { "Content-Type": type, ...(told ? { "Content-Length": bytes } : {}) });
    response.end(Buffer.alloc(bytes));
  });

describe("a picture that somebody keeps", () => {
  test("is fetched with its type, without what stands behind that", async () => {
    const url = await filesOf(3, "image/png; charset=binary");
    expect(await fetchPicture(url, open)).toEqual({ contentType: "image/png", content: Buffer.alloc(3) });
  });

  test("is found behind a redirect", async () => {
    const there = await filesOf(3, "image/png");
    const here = await serve((_request, response) => response.writeHead(302, { Location: there }).end());
    expect(await fetchPicture(here, open)).toMatchObject({ contentType: "image/png" });
  });

  test.each([
    ["has no type", 12300, () => filesOf(3, "")],
    ["is of a type that nobody takes", 12300, () => filesOf(3, "image/webp")],
    ["is too large by its own account", 11751, () => filesOf(mostMediaBytes + 1, "image/png")],
    ["is too large without saying so", 11751, () => filesOf(mostMediaBytes + 1, "image/png", false)],
  ])("and %s is refused with %i", async (_what, code, address) => {
    expect(await fetchPicture(await address(), open)).toBe(code);
  });

  test("is given up when the sandbox closes", async () => {
    const closing = new AbortController();
    const url = await serve(() => closing.abort());
    expect(await fetchPicture(url, closing.signal)).toBe(11200);
  });
});

describe("the pictures of a message", () => {
  test("are kept in the order of their addresses", async () => {
    const message = messageOf({ numMedia: 2 });
    const addresses = [await filesOf(1, "image/png"), await filesOf(2, "image/gif")];
    expect(await fetchMedia(message, addresses, open)).toBeNull();
    expect(message.media.map(({ contentType, content }) => [contentType, content.length])).toEqual([
      ["image/png", 1],
      ["image/gif", 2],
    ]);
    expect(message.media.every(({ sid }) => /^ME[0-9a-f]{32}$/.test(sid))).toBe(true);
  });

  test("may have 5 MB together with the words, and not a byte more", async () => {
    const half = await filesOf(mostMediaBytes / 2, "image/png");
    expect(await fetchMedia(messageOf({ body: "" }), [half, half], open)).toBeNull();
    // One letter, two bytes.
    expect(await fetchMedia(messageOf({ body: "é" }), [half, half], open)).toBe(11751);
  });

  test("end with the first that cannot be had", async () => {
    const message = messageOf();
    const addresses = [
      await filesOf(1, "image/png"),
      await filesOf(1, "text/html"),
      await filesOf(1, "image/png"),
    ];
    expect(await fetchMedia(message, addresses, open)).toBe(12300);
    expect(message.media).toHaveLength(1);
  });
});

describe("of an answer so many bytes are read", () => {
  test.each([
    [4, "walnut", "waln", false],
    [6, "walnut", "walnut", true],
    [7, "walnut", "walnut", true],
    [0, "", "", true],
  ])("%i of %j", async (most, body, read, whole) => {
    const { bytes, whole: isWhole } = await readUpTo(new Response(body), most);
    expect([bytes.toString(), isWhole]).toEqual([read, whole]);
  });

  test("and an answer without an end is left", async () => {
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(Buffer.from("la")) });
    expect((await readUpTo(new Response(endless), 5)).bytes.toString()).toBe("lalal");
  });
});
