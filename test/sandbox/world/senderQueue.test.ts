import { expect, test } from "vitest";
import { anna, shopNumber } from "../../support/people.ts";
import { quick, useSandbox } from "../useSandbox.ts";

const use = useSandbox();

test("a sender sends no faster than Twilio lets it, and is refused when ten hours are waiting", async () => {
  await use.reopen({ timing: { ...quick, senderRates: true } });
  const { queue } = use.sandbox.world.sending;
  expect([queue.turn("+15012222222", anna, 2), queue.turn("+15012222222", anna, 1)]).toEqual([
    0,
    expect.closeTo(2_000, -2) as number,
  ]);
  queue.turn(shopNumber, anna, 36_100);
  expect((await use.send(anna)).code).toBe(21611);
});
