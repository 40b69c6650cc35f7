import { expect, test } from "vitest";
import {
  contentTypeOf,
  fileNameOf,
  isShownInline,
  mediaKind,
  mediaName,
  servedType,
} from "../../../src/models/chat/mediaTypes.ts";

test.each([
  ["image/jpeg", "image/jpeg"],
  ["Image/JPG; name=cat.jpg", "image/jpeg"],
  ["text/x-vCard", "text/vcard"],
  ["", "application/octet-stream"],
  ["nonsense", "application/octet-stream"],
  ['image/"><script>', "application/octet-stream"],
])("%j is kept as %s", (told, kept) => {
  expect(contentTypeOf(told)).toBe(kept);
});

test.each([
  ["image/webp", "picture", "Picture", true],
  ["image/heic", "file", "HEIC picture", false],
  ["audio/mpeg", "audio", "Voice message (MP3)", true],
  ["audio/amr", "file", "Voice message (AMR)", false],
  ["video/mp4", "video", "Video", true],
  ["video/3gpp", "file", "Video (3GPP)", false],
  ["text/vcard", "file", "Contact card", false],
  ["application/pdf", "file", "PDF", true],
  ["text/html", "file", "Attachment", false],
])("%s is shown as %s", (type, kind, name, inline) => {
  expect([mediaKind(type), mediaName(type), isShownInline(type)]).toEqual([kind, name, inline]);
});

test("what could run something, or nobody knows, is served as bytes", () => {
  expect(["text/html", "image/svg+xml", "application/x-what", "image/png"].map(servedType)).toEqual([
    ...["application/octet-stream", "application/octet-stream", "application/octet-stream"],
    "image/png",
  ]);
});

test("a file is named after its place and type", () => {
  expect([fileNameOf("image/heic", 0), fileNameOf("application/x-what", 2)]).toEqual([
    "attachment-1.heic",
    "attachment-3.bin",
  ]);
});
