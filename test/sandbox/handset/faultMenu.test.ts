import { describe, expect, test } from "vitest";
import { describeFault, faultFrom, faultGroups, pathsSeen } from "../../../src/sandbox/handset/faultMenu.ts";
import { faultKinds, type FaultKind } from "../../../src/sandbox/world/faults.ts";
import { worldOf } from "../world/worlds.ts";

describe("the faults to choose from", () => {
  const offered = faultGroups.flatMap(({ buttons }) => buttons.map(({ kind }) => kind));

  test("are all there are, each once, but for those that need words of a script", () => {
    const scripted: FaultKind[] = ["answer", "extraEntries"];
    const kinds = (Object.keys(faultKinds) as FaultKind[]).filter((kind) => !scripted.includes(kind));
    expect(offered.toSorted()).toEqual(kinds.toSorted());
  });

  test.each([
    [
      { kind: "hang", times: "5" },
      { kind: "hang", times: 5, path: undefined },
    ],
    [{ kind: "hang", times: "" }, { times: null }],
    [{ kind: "hang", times: "-1" }, { times: null }],
    [{ kind: "hang", path: " /Messages " }, { path: "/Messages" }],
    [{ kind: "numberSold", path: "/Messages" }, { path: undefined }],
    [{ kind: "messageFails", code: "30007" }, { code: 30007 }],
    [{ kind: "messageFails", code: "soon" }, { code: undefined }],
    [{ kind: "hang", code: "30007" }, { code: undefined }],
    [{ kind: "answer" }, undefined],
    [{}, undefined],
  ])("a form of %j asks for %j", (form, fault) => {
    const found = faultFrom(form);
    if (fault) expect(found).toMatchObject(fault);
    else expect(found).toBeUndefined();
  });

  test.each([
    [{ kind: "hang", times: null }, "until reset"],
    [{ kind: "hang", times: 1 }, "once"],
    [{ kind: "messageFails", times: 3, code: 30007 }, "code 30007 · 3 more times"],
    [{ kind: "latency", times: 1, ms: 0, path: "/Keys" }, "0 ms · only /Keys · once"],
  ] as const)("%j is described as %s", (fault, details) => {
    expect(describeFault({ id: "1", ...fault }).details).toBe(details);
  });

  test("may be narrowed down to addresses that webhooks went to", () => {
    const { world } = worldOf();
    const usual = { accountSid: "", method: "POST", status: 200, requestHeaders: {}, form: {}, answer: "" };
    for (const url of ["https://example.com/sms?a=1", "https://example.com/sms?a=2", "nowhere"])
      world.logCall({ ...usual, kind: "webhook", url });
    world.logCall({ ...usual, kind: "api", url: "/Keys.json" });
    expect(pathsSeen(world).slice(-2)).toEqual(["nowhere", "/sms"]);
  });
});
