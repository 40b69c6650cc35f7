import { describe, expect, test } from "vitest";
import type { Source, Told } from "../../../src/models/chat/told.ts";
import type { MessageStatus } from "../../../src/models/types.ts";
import { Ledger } from "../../support/ledger.ts";
import { inbound, ours, outbound, pair } from "../../support/messages.ts";

const sources: Source[] = ["webhook", "callback", "answer", "log", "history"];
const later = (told: { at: Date | null }, ms: number) => new Date((told.at?.getTime() ?? 0) + ms);
const callback = (told: Told, status: MessageStatus, errorCode: number | null = null): Told => ({
  ...told,
  body: null,
  status,
  errorCode,
});

describe("a text to us", () => {
  test.each([
    ["webhook", "received", 1, "received"],
    ["log", "received", 1, "received"],
    ["history", "changed", 0, undefined],
  ] as const)("told first by the %s is %s", (source, outcome, unread, kind) => {
    const ledger = new Ledger();
    const told = inbound();
    expect(ledger.take(told, source)).toMatchObject([{ outcome, unread }]);
    expect(ledger.thread()).toMatchObject([{ id: told.sid, sid: told.sid, body: "Hello", ...pair }]);
    expect(ledger.changes).toEqual(kind ? [{ kind, messageId: told.sid }] : []);
  });

  test.each(sources.filter((source) => source !== "callback"))(
    "told again by the %s changes nothing",
    (source) => {
      const ledger = new Ledger();
      const told = inbound();
      ledger.take(told, "webhook");
      ledger.changes.length = 0;
      expect(ledger.take(told, source)).toMatchObject([{ outcome: "unchanged", unread: 0 }]);
      expect(ledger.changes).toEqual([]);
    },
  );

  test("keeps the order of its second when the log tells its time, and no more than that", () => {
    const ledger = new Ledger();
    const told = inbound();
    ledger.take({ ...told, at: later(told, 700) }, "webhook");
    ledger.take(told, "log");
    expect(ledger.thread()).toMatchObject([{ at: later(told, 700) }]);
    ledger.take({ ...told, at: later(told, -4_000) }, "log");
    expect(ledger.thread()).toMatchObject([{ at: later(told, -3_001) }]);
  });

  test("comes after ours of the same second, when the log has it so", () => {
    const told = inbound();
    const own = outbound({ at: later(told, 700), status: "sent" });
    const ledger = new Ledger();
    ledger.take(own, "webhook");
    ledger.take([told, { ...own, at: told.at }], "log");
    expect(ledger.thread()).toMatchObject([{ sid: own.sid }, { sid: told.sid, at: later(told, 701) }]);
  });

  test("without a readable time has that of its arrival, and keeps it", () => {
    const ledger = new Ledger();
    const told = inbound({ at: null });
    ledger.take(told, "log", new Date(5));
    expect(ledger.take(told, "log", new Date(9_000))).toMatchObject([{ outcome: "unchanged" }]);
    expect(ledger.thread()).toMatchObject([{ at: new Date(5) }]);
  });

  test("is kept in a form that every database and page can hold, and told so twice is the same", () => {
    const ledger = new Ledger();
    const told = inbound({ body: "one\rtwo\r\nthree\0\ud800" });
    ledger.take(told, "webhook");
    expect(ledger.take(told, "log")).toMatchObject([{ outcome: "unchanged" }]);
    expect(ledger.thread()).toMatchObject([{ body: "one\ntwo\nthree\ufffd\ufffd" }]);
  });
});

describe("redaction", () => {
  test("does not empty a text that came whole", () => {
    const ledger = new Ledger();
    const told = inbound({ numMedia: 1 });
    ledger.take(told, "webhook");
    const redacted = { ...told, body: "", target: "+1555222XXXX", numMedia: 0 };
    expect(ledger.take(redacted, "log")).toMatchObject([{ outcome: "unchanged" }]);
  });

  test("is said where only the empty text is known, and undone by the webhook that comes late", () => {
    const ledger = new Ledger();
    const told = inbound();
    ledger.take({ ...told, body: "", target: "+1555222XXXX" }, "log");
    expect(ledger.thread()).toMatchObject([{ redacted: true, target: "+1555222XXXX" }]);
    ledger.take(told, "webhook");
    expect(ledger.thread()).toMatchObject([{ redacted: false, body: "Hello", ...pair }]);
    expect(Object.fromEntries(ledger.unread)).toEqual({
      "+15550001111 +1555222XXXX": 0,
      "+15550001111 +15552223333": 1,
    });
  });

  test.each([
    ["a webhook without words", inbound({ body: "" }), "webhook"],
    ["a picture without words", inbound({ body: "", numMedia: 1 }), "log"],
    ["a failed one of ours", outbound({ body: "", status: "failed" }), "log"],
  ] as const)("is not suspected of %s", (_, told, source) => {
    const ledger = new Ledger();
    ledger.take(told, source);
    expect(ledger.thread()).toMatchObject([{ redacted: false }]);
  });
});

describe("a status", () => {
  test("moves forward by a callback and never back, and an equal one replaces nothing", () => {
    const ledger = new Ledger();
    const told = outbound();
    ledger.take(told, "log");
    const states = (["sent", "delivered", "sent", "undelivered", "failed", "read"] as const).map((status) => {
      ledger.take(callback(told, status), "callback");
      return ledger.thread()[0]?.status;
    });
    expect(states).toEqual(["sent", "delivered", "delivered", "delivered", "delivered", "read"]);
  });

  test("that is final is corrected by the log, which is the truth, with its error", () => {
    const ledger = new Ledger();
    const told = outbound();
    ledger.take(told, "log");
    ledger.take(callback(told, "delivered"), "callback");
    const failed = { ...told, status: "undelivered", errorCode: 30003 } as const;
    expect(ledger.take(failed, "log")).toMatchObject([{ outcome: "changed" }]);
    expect(ledger.thread()).toMatchObject([{ status: "undelivered", errorCode: 30003 }]);
    ledger.take({ ...told, status: "delivered" }, "log");
    expect(ledger.thread()).toMatchObject([{ status: "delivered", errorCode: null }]);
    ledger.take({ ...told, status: "sent" }, "log");
    expect(ledger.thread()).toMatchObject([{ status: "delivered" }]);
  });

  test("keeps an error that a later word leaves out, and takes one that is told later", () => {
    const ledger = new Ledger();
    const told = outbound();
    ledger.take(told, "log");
    ledger.take(callback(told, "failed"), "callback");
    ledger.take(callback(told, "failed", 30003), "callback");
    ledger.take({ ...told, status: "failed", errorMessage: "Unreachable" }, "log");
    ledger.take({ ...told, status: "failed" }, "log");
    expect(ledger.thread()).toMatchObject([{ errorCode: 30003, errorMessage: "Unreachable" }]);
  });

  test("told before its message is known waits for it, the furthest of several", () => {
    const ledger = new Ledger();
    const told = outbound();
    for (const status of ["sent", "delivered", "sending"] as const)
      expect(ledger.take(callback(told, status), "callback")).toEqual([{ outcome: "waiting", unread: 0 }]);
    expect(ledger.thread()).toEqual([]);
    ledger.take(told, "log");
    expect(ledger.thread()).toMatchObject([{ status: "delivered" }]);
    expect(ledger.waiting.size).toBe(0);
  });

  test("posted as if it were a text never turns one of ours into a text to us", () => {
    const ledger = new Ledger();
    const told = outbound();
    ledger.take(told, "log");
    const swapped = { ...told, direction: "inbound", status: "received", body: "" } as const;
    expect(ledger.take(swapped, "webhook")).toMatchObject([{ outcome: "unchanged" }]);
  });

  test("of what was once taken for a text to us is corrected by the log, with its ends", () => {
    const told = outbound({ status: "undelivered", errorCode: 30005 });
    const mistaken = inbound({
      sid: told.sid,
      twilioNumber: pair.target,
      target: pair.twilioNumber,
      body: "",
    });
    const ledger = new Ledger();
    ledger.take(mistaken, "webhook");
    ledger.take(told, "log");
    expect(ledger.thread()).toMatchObject([
      { direction: "outbound", ...pair, body: "Hi", status: "undelivered", errorCode: 30005 },
    ]);
  });
});

describe("the answer for one of ours", () => {
  test("gives it its SID, and leaves it its id and place", () => {
    const ledger = new Ledger(ours({ status: "handed" }));
    const answer = outbound({ answers: "form-1", at: later({ at: new Date(1e12) }, -4_000) });
    expect(ledger.take(answer, "answer")).toMatchObject([{ outcome: "changed" }]);
    expect(ledger.thread()).toEqual([ours({ sid: answer.sid, status: "queued" })]);
    expect(ledger.take(answer, "answer")).toMatchObject([{ outcome: "unchanged" }]);
  });

  test("takes Twilio's time when it is more than five seconds away", () => {
    const ledger = new Ledger(ours());
    const answer = outbound({ answers: "form-1", at: later({ at: new Date(1e12) }, 6_000) });
    ledger.take(answer, "answer");
    expect(ledger.thread()).toMatchObject([{ at: answer.at }]);
  });

  test("keeps its own time within five seconds of Twilio's", () => {
    const ledger = new Ledger(ours());
    ledger.take(outbound({ answers: "form-1", at: later({ at: new Date(1e12) }, 5_000) }), "answer");
    expect(ledger.thread()).toMatchObject([{ at: new Date(1e12) }]);
  });

  test("tells the Messaging Service it went through, which the log adds where the answer did not", () => {
    const ledger = new Ledger(ours());
    const answer = outbound({ answers: "form-1" });
    ledger.take(answer, "answer");
    ledger.take({ ...answer, serviceSid: "MG1" }, "log");
    ledger.take({ ...answer, serviceSid: null }, "log");
    expect(ledger.thread()).toMatchObject([{ serviceSid: "MG1" }]);
  });

  test("shows what was typed, without the sentence before a trial account's texts", () => {
    const ledger = new Ledger(ours());
    const body = "Sent from your Twilio trial account - Hi";
    ledger.take(outbound({ answers: "form-1", body }), "answer");
    expect(ledger.thread()).toMatchObject([{ body: "Hi" }]);
  });

  test("takes the place of the copy that a look at the log was faster to make, with its further status", () => {
    const answer = outbound();
    const ledger = new Ledger();
    ledger.take({ ...answer, status: "undelivered", errorCode: 30005 }, "log");
    ledger.messages.set("form-1", ours({ status: "checking" }));
    ledger.take({ ...answer, answers: "form-1" }, "answer");
    expect(ledger.thread()).toMatchObject([{ id: "form-1", status: "undelivered", errorCode: 30005 }]);
    expect(ledger.changes.slice(-2)).toEqual([
      { kind: "messageRemoved", messageId: answer.sid },
      { kind: "changed", messageId: "form-1" },
    ]);
  });

  test("opens another of ours again that had taken its SID from the log", () => {
    const answer = outbound();
    const other = ours({ id: "form-2", sid: answer.sid, status: "failed", errorCode: 30003 });
    const ledger = new Ledger(ours({ status: "handed" }), other);
    ledger.take({ ...answer, answers: "form-1" }, "answer");
    expect(ledger.messages.get("form-1")).toMatchObject({ sid: answer.sid });
    expect(ledger.messages.get("form-2")).toMatchObject({ sid: null, status: "checking", errorCode: null });
  });

  test("never takes the SID from a message that has another one", () => {
    const ledger = new Ledger(ours({ sid: "SM1", status: "queued" }));
    const answer = outbound({ answers: "form-1" });
    ledger.take(answer, "answer");
    expect(ledger.messages.get("form-1")).toMatchObject({ sid: "SM1" });
    expect(ledger.messages.get(answer.sid)).toMatchObject({ sid: answer.sid });
  });

  test("leaves the text that was typed where Twilio keeps none", () => {
    const ledger = new Ledger(ours({ status: "handed" }));
    ledger.take(outbound({ answers: "form-1", body: "" }), "answer");
    expect(ledger.thread()).toMatchObject([{ body: "Hi" }]);
  });

  test("is kept also when the message is not there any more", () => {
    const ledger = new Ledger();
    const answer = outbound({ answers: "gone" });
    ledger.take(answer, "answer");
    expect(ledger.thread()).toMatchObject([{ id: answer.sid, status: "queued", at: answer.at }]);
    ledger.take({ ...answer, status: "sent" }, "answer");
    expect(ledger.thread()).toMatchObject([{ status: "sent" }]);
  });

  test("finds what callbacks told meanwhile", () => {
    const ledger = new Ledger(ours({ status: "handed" }));
    const answer = outbound({ answers: "form-1" });
    ledger.take(callback(answer, "failed", 21610), "callback");
    ledger.take(answer, "answer");
    expect(ledger.thread()).toMatchObject([{ status: "failed", errorCode: 21610, optOut: "refused" }]);
  });
});

describe("an outbound message of the log", () => {
  const at = new Date(1e12);

  test.each(["pending", "handed", "checking"] as const)(
    "is left to its own answer while one of ours like it is %s",
    (status) => {
      const ledger = new Ledger(ours({ status }));
      expect(ledger.take(outbound({ at: later({ at }, -15_000) }), "log")).toEqual([
        { outcome: "unchanged", unread: 0 },
      ]);
      expect(ledger.thread()).toHaveLength(1);
    },
  );

  test.each([
    ["other words", { body: "Something else" }],
    ["another number", { twilioNumber: "+15559990000" }],
    ["another target", { target: "+15559990000" }],
    ["an earlier time", { at: later({ at }, -16_000) }],
  ])("with %s is none of ours", (_, change) => {
    const ledger = new Ledger(ours({ status: "handed" }));
    expect(ledger.take(outbound(change), "log")).toMatchObject([{ outcome: "changed" }]);
    expect(ledger.thread()).toHaveLength(2);
  });

  test.each(["refused", "unsent"] as const)("is none of ours when ours was %s", (status) => {
    const ledger = new Ledger(ours({ status }));
    ledger.take(outbound(), "log");
    expect(ledger.thread()).toHaveLength(2);
  });

  test("is ours when we had given up on it, but only when nothing else of ours may be meant", () => {
    const ledger = new Ledger(ours({ status: "unconfirmed" }), ours({ id: "form-2", status: "handed" }));
    const late = outbound({ status: "delivered" });
    ledger.take(late, "log");
    expect(ledger.messages.get("form-1")).toMatchObject({ sid: null });
    ledger.messages.delete("form-2");
    ledger.take(late, "log");
    expect(ledger.messages.get("form-1")).toMatchObject({ sid: late.sid, status: "delivered" });
  });
});

describe("one of ours without a SID", () => {
  test.each([
    ["pending", ["handed", "unsent"]],
    ["handed", ["checking", "refused"]],
    ["checking", ["checking", "refused", "unconfirmed"]],
    ["refused", []],
    ["unsent", []],
    ["unconfirmed", []],
  ] as const)("that is %s can become %j", (from, allowed) => {
    const all = ["handed", "checking", "refused", "unsent", "unconfirmed"] as const;
    expect(all.filter((to) => new Ledger(ours({ status: from })).mark("form-1", to))).toEqual(allowed);
  });

  test("once it has a SID is moved by Twilio's word only", () => {
    const ledger = new Ledger(ours({ sid: "SM1", status: "queued" }));
    expect(ledger.mark("form-1", "refused")).toBe(false);
    expect(ledger.thread()).toMatchObject([{ status: "queued" }]);
  });
});
