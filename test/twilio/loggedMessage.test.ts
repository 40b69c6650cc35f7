import { describe, expect, test } from "vitest";
import type { TwilioMessage } from "../../src/models/types.ts";
import { createTwilioApi } from "../../src/twilio/client.ts";
import { anna, shop, shopNumber } from "../support/people.ts";
import { answer, serve } from "../support/localServer.ts";

describe("a message of the log is read with what Twilio leaves open", () => {
  const base = {
    sid: `SM${"b".repeat(32)}`,
    from: anna,
    to: shopNumber,
    body: "Hi",
    direction: "inbound",
    status: "received",
    error_code: null,
    error_message: null,
    num_media: "0",
    date_created: "Thu, 24 Aug 2023 05:01:45 +0000",
    date_sent: "Thu, 24 Aug 2023 05:01:50 +0000",
  };
  test.each([
    [{}, { twilioNumber: shopNumber, target: anna, at: new Date("2023-08-24T05:01:50Z") }],
    [{ date_sent: null }, { at: new Date("2023-08-24T05:01:45Z") }],
    [{ direction: "outbound-api" }, { direction: "outbound", twilioNumber: anna, target: shopNumber }],
    [{ direction: "outbound-reply" }, { direction: "outbound", twilioNumber: anna }],
    [{ from: "MYSHOP" }, { target: "MYSHOP" }],
    [{ from: "72345" }, { target: "72345" }],
    [
      { body: null, num_media: "3" },
      { body: "", numMedia: 3 },
    ],
    [{ num_media: null }, { numMedia: 0 }],
    [
      { status: "failed", error_code: 30003, error_message: "Off" },
      { status: "failed", errorCode: 30003, errorMessage: "Off" },
    ],
    [{ status: "teleported" }, { status: "received" }],
    [{ status: "teleported", direction: "outbound-api" }, { status: "accepted" }],
    [{ status: "pending", direction: "outbound-api" }, { status: "accepted" }],
  ])("%j", async (change, expected) => {
    expect(await read([{ ...base, ...change }])).toEqual([expect.objectContaining(expected)]);
  });

  test("one whose sender is still being chosen is left out", async () => {
    expect(await read([{ ...base, from: null }, base, { ...base, to: "" }])).toHaveLength(1);
  });

  test("one without any readable time has none", async () => {
    expect(await read([{ ...base, date_sent: "soon", date_created: null }])).toMatchObject([{ at: null }]);
  });

  test.each([
    ["a body that is no text", { body: { text: "Hi" } }, { body: "" }],
    ["an error code in words of digits", { error_code: "30003" }, { errorCode: 30003 }],
    [
      "an error that is an object",
      { error_code: {}, error_message: 7 },
      { errorCode: null, errorMessage: null },
    ],
    ["half a sign", { body: "a\ud800" }, { body: "a\ud800" }],
  ])("%s is kept as far as it goes", async (_, change, expected) => {
    expect(await read([{ ...base, ...change }])).toMatchObject([expected]);
  });

  test("what is no message stops nothing, and is told of once rather than at every look", async () => {
    const told: unknown[] = [];
    const odd = [null, 7, { ...base, sid: undefined }, { ...base, sid: "" }];
    const apiUrl = await serve(
      answer(200, JSON.stringify({ messages: [...odd, base], next_page_uri: null })),
    );
    const api = createTwilioApi({ apiUrl, onError: (error) => told.push(error) });
    for (let look = 0; look < 4; look += 1)
      expect((await api.listMessages(shop, { pageSize: 50 })).messages).toHaveLength(1);
    expect(told).toHaveLength(5);
  });

  async function read(records: object[]): Promise<TwilioMessage[]> {
    const apiUrl = await serve(answer(200, JSON.stringify({ messages: records, next_page_uri: null })));
    const page = await createTwilioApi({ apiUrl }).listMessages(shop, { pageSize: 50 });
    return page.messages;
  }
});
