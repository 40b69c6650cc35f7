import { expect, test } from "vitest";
import { corrected, correctedTime } from "../../../src/models/chat/correction.ts";
import { newMessage } from "../../../src/models/chat/message.ts";
import { inbound, ours, outbound, pair } from "../../support/messages.ts";

const second = new Date(1e12);
const after = (ms: number) => new Date(1e12 + ms);
const received = (at: Date, change = {}) => newMessage(inbound(change), "webhook", at);

test("a log without a readable time leaves the one that is known", () => {
  expect(correctedTime(received(after(7)), inbound({ at: null }))).toEqual(after(7));
  expect(correctedTime(ours({ at: after(7) }), outbound({ at: null }))).toEqual(after(7));
});

test("numbers that the log has masked are kept as they are known, and those it tells replace masked ones", () => {
  const masked = { target: "+1555222XXXX" };
  const known = received(second);
  expect(corrected(known, inbound({ ...masked, sid: known.sid ?? "" })).target).toBe(pair.target);
  const unknown = received(second, masked);
  expect(corrected(unknown, inbound({ sid: unknown.sid ?? "" })).target).toBe(pair.target);
  expect(corrected(unknown, inbound({ target: "+1555444XXXX" })).target).toBe("+1555444XXXX");
});

test("how many media there are is believed of an empty text, and not of the redacted copy of a full one", () => {
  expect(corrected(received(second, { body: "" }), inbound({ body: "", numMedia: 2 })).numMedia).toBe(2);
  const full = corrected(received(second, { numMedia: 1 }), inbound({ body: "", numMedia: 0 }));
  expect([full.body, full.numMedia]).toEqual(["Hello", 1]);
});
