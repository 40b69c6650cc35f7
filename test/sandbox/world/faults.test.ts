import { beforeEach, describe, expect, test } from "vitest";
import { Faults, type FaultKind } from "../../../src/sandbox/world/faults.ts";

let changes = 0;
let faults: Faults;
beforeEach(() => {
  changes = 0;
  faults = new Faults(() => (changes += 1));
});

const add = (kind: FaultKind, more: { times?: number; method?: string; path?: string } = {}) =>
  faults.add({ kind, times: null, ...more });
const taken = (kinds: FaultKind[], call?: string) => faults.take(kinds, call)?.kind;

test("nothing goes wrong unless a fault says so", () => {
  expect(taken(["hang", "latency"], "GET /")).toBeUndefined();
});

test("a fault happens to calls of its own kind only", () => {
  add("hang");
  expect(taken(["latency"])).toBeUndefined();
  expect(taken(["latency", "hang"])).toBe("hang");
});

test("of several the first one that was added happens, until it is worn out", () => {
  add("forbidden", { times: 1 });
  add("unavailable");
  const kinds: FaultKind[] = ["unavailable", "forbidden"];
  expect([taken(kinds), taken(kinds), taken(kinds)]).toEqual(["forbidden", "unavailable", "unavailable"]);
});

test("a count goes down with each time, and one without a count stays", () => {
  add("hang", { times: 2 });
  add("latency");
  const three = (kind: FaultKind) => [taken([kind]), taken([kind]), taken([kind])];
  expect(three("hang")).toEqual(["hang", "hang", undefined]);
  expect(three("latency")).toEqual(["latency", "latency", "latency"]);
  expect(faults.list()).toMatchObject([{ kind: "latency", times: null }]);
});

test("a call that is not meant does not wear a fault out", () => {
  add("hang", { times: 1, path: "/Messages" });
  expect(taken(["hang"], "GET /Keys.json")).toBeUndefined();
  expect(faults.list()).toMatchObject([{ times: 1 }]);
});

describe("a fault for certain calls", () => {
  test.each([
    [{ method: "GET" }, "GET /Messages.json", true],
    [{ method: "GET" }, "POST /Messages.json", false],
    // A method is a word of its own.
    [{ method: "GE" }, "GET /Messages.json", false],
    [{ path: "/Messages" }, "POST /2010-04-01/Messages.json", true],
    [{ path: "/messages" }, "POST /2010-04-01/Messages.json", false],
    [{ path: "POST /Messages" }, "POST /Messages.json", true],
    [{ path: "/Messages*PageToken" }, "GET /Messages.json?PageSize=1&PageToken=PA1", true],
    [{ path: "/Messages*PageToken" }, "GET /Messages.json?PageSize=1", false],
    // What stands before a star comes before what stands after it.
    [{ path: "PageToken*/Messages" }, "GET /Messages.json?PageToken=PA1", false],
    [{ path: "*" }, "DELETE /anything", true],
    [{ path: "a.c" }, "GET /abc", false],
    [{ method: "POST", path: "/Keys" }, "POST /Keys.json", true],
    [{ method: "POST", path: "/Keys" }, "GET /Keys.json", false],
  ])("%j means %s: %s", (limits, call, meant) => {
    add("hang", limits);
    expect(taken(["hang"], call) !== undefined).toBe(meant);
  });
});

test("one is removed by its id, all by a reset, and neither twice", () => {
  const { id } = add("hang");
  add("hang");
  expect([faults.remove(id), faults.remove(id), faults.list().length]).toEqual([true, false, 1]);
  faults.reset();
  expect(faults.list()).toEqual([]);
});

test("whoever shows the faults hears of each change, and not of what stays the same", () => {
  add("hang", { times: 1 });
  const { id } = add("latency");
  taken(["latency"]);
  expect(changes).toBe(2);
  taken(["hang"]);
  faults.remove(id);
  expect(changes).toBe(4);
});
