import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advanced, isFailure, isFinal, parseStatus, rank } from "../../../src/models/chat/messageStatus.ts";
import { describeStatus } from "../../../src/models/chat/statusWords.ts";
import type { MessageStatus } from "../../../src/models/types.ts";
import { ours } from "../../support/messages.ts";

const parleys: MessageStatus[] = ["pending", "handed", "checking", "refused", "unsent", "unconfirmed"];
const twilios: MessageStatus[] = [
  "accepted",
  "scheduled",
  "queued",
  "sending",
  "sent",
  "delivered",
  "undelivered",
  "failed",
  "canceled",
  "read",
  "receiving",
  "received",
  "partially_delivered",
];
const all = [...parleys, ...twilios];

describe("a status only moves forward", () => {
  const callbacks = fc.array(fc.constantFrom(...twilios), { minLength: 1 });
  const follow = (statuses: MessageStatus[]) =>
    statuses.reduce(
      (message, status) => advanced(message, { status, errorCode: null, errorMessage: null }),
      ours({ status: "pending" }),
    ).status;

  test("so callbacks in any order, and twice over, end as high as they ever were", () => {
    fc.assert(
      fc.property(callbacks, fc.array(fc.nat()), (statuses, picks) => {
        const repeats = picks.map((pick) => statuses[pick % statuses.length] as MessageStatus);
        const highest = Math.max(...statuses.map(rank));
        expect(rank(follow([...statuses, ...repeats]))).toBe(highest);
        expect(rank(follow([...repeats, ...statuses.toReversed()]))).toBe(highest);
      }),
    );
  });

  test("so nothing but a receipt of reading follows a final one", () => {
    const final = twilios.filter((status) => isFinal(status) && status !== "read");
    for (const status of final) {
      expect(all.filter((next) => rank(next) > rank(status))).toEqual(["read"]);
    }
  });

  test("along Twilio's way", () => {
    const way: MessageStatus[] = ["pending", "accepted", "queued", "sending", "sent", "delivered", "read"];
    expect(way.toSorted((a, b) => rank(a) - rank(b))).toEqual(way);
    expect(new Set(way.map(rank)).size).toBe(way.length);
    expect(rank("received")).toBeGreaterThan(rank("receiving"));
  });
});

test("these are the ends and the failures", () => {
  expect(all.filter(isFinal)).toEqual([
    "refused",
    "unsent",
    "unconfirmed",
    "delivered",
    "undelivered",
    "failed",
    "canceled",
    "read",
    "received",
  ]);
  expect(all.filter(isFailure)).toEqual([
    "refused",
    "unsent",
    "unconfirmed",
    "undelivered",
    "failed",
    "canceled",
  ]);
});

test("Twilio's statuses are understood; ours, unknown ones and names of Object are not", () => {
  expect(twilios.map(parseStatus)).toEqual(twilios);
  for (const text of [...parleys, "", "DELIVERED", "teleported", "toString", "constructor", "__proto__"]) {
    expect(parseStatus(text)).toBeUndefined();
  }
});

describe("people read the state in words", () => {
  test.each([
    ["pending", "Sending…"],
    ["handed", "Sending…"],
    ["checking", "Checking with Twilio…"],
    ["refused", "Not sent"],
    ["unsent", "Not sent"],
    ["unconfirmed", "Not sent"],
    ["queued", "Queued at Twilio"],
    ["scheduled", "Scheduled"],
    ["sent", "Sent"],
    ["delivered", "Delivered"],
    ["undelivered", "Not delivered"],
    ["failed", "Not sent"],
    ["canceled", "Canceled"],
    ["read", "Read"],
  ] as const)("%s is “%s”", (status, word) => {
    expect(describeStatus(status).word).toBe(word);
  });

  test("beside an icon that the page has", () => {
    const icons = readFileSync(join(import.meta.dirname, "../../../src/styles/icons.txt"), "utf8").split(
      "\n",
    );
    for (const status of all) expect(icons).toContain(describeStatus(status).icon);
  });
});
