import { expect, test } from "vitest";
import { isSame, newMessage } from "../../../src/models/chat/message.ts";
import type { Message } from "../../../src/models/types.ts";
import { inbound, ours } from "../../support/messages.ts";

test("a message is the same as itself", () => {
  expect(isSame(ours(), ours())).toBe(true);
  expect(isSame(ours(), ours({ at: new Date(ours().at) }))).toBe(true);
});

test.each<Partial<Message>>([
  { sid: "SM1" },
  { twilioNumber: "+15559990000" },
  { target: "+15559990000" },
  { direction: "inbound" },
  { body: "Ho" },
  { status: "handed" },
  { errorCode: 30003 },
  { errorMessage: "Unreachable" },
  { numMedia: 1 },
  { optOut: "refused" },
  { serviceSid: "MG1" },
  { redacted: true },
  { at: new Date(0) },
])("a change of %j is one that somebody may see", (change) => {
  expect(isSame(ours(), ours(change))).toBe(false);
});

test.each([
  ["log", true],
  ["history", true],
  ["webhook", false],
  ["answer", false],
] as const)("an empty text first told by the %s counts as removed: %s", (source, redacted) => {
  expect(newMessage(inbound({ body: "" }), source, new Date())).toMatchObject({ redacted, optOut: null });
});
