import { expect, test } from "vitest";
import { newSid } from "../../../src/sandbox/world/sids.ts";
import { worldOf } from "./worlds.ts";

test("an opened subaccount is of its owner's kind and belongs to it", () => {
  const { world, account } = worldOf();
  const branch = world.openSubaccount(account, "Branch");
  expect(branch).toMatchObject({ ownerSid: account.sid, type: "Full", friendlyName: "Branch" });
  expect([world.subaccountsOf(account), world.subaccountsOf(branch)]).toEqual([[branch], []]);
});

test("only webhooks that the log still has are replayed", async () => {
  const { world, account } = worldOf();
  const logged = world.logCall({
    ...{ kind: "api", accountSid: account.sid, method: "GET", url: "/", status: 200 },
    ...{ requestHeaders: {}, form: {}, answer: "" },
  });
  expect([await world.replay(logged.id), await world.replay(newSid("XX"))]).toEqual([undefined, undefined]);
});
