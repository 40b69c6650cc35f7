import { expect, test } from "vitest";
import { mediaWords } from "../../src/helpers/mediaWords.ts";

test.each([
  [1, ["image/jpeg"], "Photo"],
  [2, ["image/jpeg", "image/heic"], "2 photos"],
  [1, ["video/3gpp"], "Video"],
  [1, ["audio/amr"], "Voice message"],
  [1, ["text/vcard"], "Contact card"],
  [1, ["application/pdf"], "Attachment"],
  [2, ["image/png", "text/vcard"], "2 attachments"],
  [3, ["image/png"], "3 attachments"],
  [1, undefined, "Attachment"],
  [4, undefined, "4 attachments"],
])("%i of %j are told as %s", (count, types, words) => {
  expect(mediaWords(count, types)).toBe(words);
});
