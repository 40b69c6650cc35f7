import { beforeAll, describe, expect, test } from "vitest";
import { beginner, londonNumber, shop, shopNumber } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox({ perFile: true });
let base = "";
beforeAll(async () => {
  base = await made();
});
async function made(): Promise<string> {
  const { body } = await use.call("POST", "/messaging/v1/Services", { FriendlyName: "Support" });
  return `/messaging/v1/Services/${String(body.sid)}`;
}
const sidOf = (phoneNumber: string) => use.shop.numberFor(phoneNumber)?.sid ?? "";
const missing = { status: 404, code: 20404 };

describe("the numbers of a Service", () => {
  const join = (PhoneNumberSid: string, service = base) =>
    use.call("POST", `${service}/PhoneNumbers`, { PhoneNumberSid });

  test("are told with their country and what they can, as the newer products write it", async () => {
    const { status, body } = await join(sidOf(shopNumber));
    expect([status, body]).toMatchObject([
      201,
      {
        ...{
          sid: sidOf(shopNumber),
          account_sid: shop.accountSid,
          phone_number: shopNumber,
          country_code: "US",
        },
        capabilities: ["MMS", "SMS", "Voice"],
        date_created: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:]{8}Z$/) as string,
        url: `https://messaging.twilio.com${base.replace("/messaging", "")}/PhoneNumbers/${sidOf(shopNumber)}`,
      },
    ]);
  });

  test("are in one Service only", async () => {
    const other = await made();
    expect((await join(sidOf(londonNumber))).status).toBe(201);
    expect((await join(sidOf(londonNumber))).body).toMatchObject({ status: 400, code: 21710 });
    expect((await join(sidOf(londonNumber), other)).body).toMatchObject({ status: 400, code: 21712 });
    await use.call("DELETE", `${base}/PhoneNumbers/${sidOf(londonNumber)}`);
    expect((await join(sidOf(londonNumber), other)).status).toBe(201);
  });

  test.each([
    ["that is nobody's", () => unknown("PN")],
    [
      "that is another account's",
      () => [...(use.sandbox.world.accounts.get(beginner.accountSid)?.numbers.keys() ?? [])][0] ?? "",
    ],
    ["that is left out", () => ""],
  ])("cannot be one %s", async (_what, sid) => {
    expect((await join(sid())).body).toMatchObject({ status: 400, code: 21421 });
  });

  test("are 400 at most", async () => {
    const service = await made();
    const { numbers } = use.shop.services.get(service.split("/").at(-1) ?? "") ?? { numbers: new Map() };
    for (let index = 0; index < 400; index += 1) numbers.set(`PN${index}`, new Date());
    const extra = use.shop.addNumber("+15125550188", {});
    expect((await join(extra.sid, service)).body).toMatchObject({ status: 400, code: 21714 });
  });

  test.each(["GET", "DELETE"])("are not found by %s when they are not among them", async (method) => {
    const number = use.shop.addNumber("+15125550189", {});
    expect((await use.call(method, `${base}/PhoneNumbers/${number.sid}`)).body).toMatchObject(missing);
  });
});

describe("the names of a Service", () => {
  const join = async (AlphaSender: string) =>
    (await use.call("POST", `${base}/AlphaSenders`, { AlphaSender })).body;

  test.each(["Walnut", "W&S +1", "a", "Walnut-Sons", "12345678a_1"])("may be %j", async (name) => {
    expect(await join(name)).toMatchObject({ alpha_sender: name, capabilities: ["SMS"] });
  });

  test.each(["", "12345", "Walnut & Sons", "Wälnut", "a.b", " "])("may not be %j", async (name) => {
    expect(await join(name)).toMatchObject({ status: 400, code: 21709 });
  });

  test("are gone when they are deleted", async () => {
    const path = `${base}/AlphaSenders/${String((await join("Gone")).sid)}`;
    expect((await use.call("DELETE", path)).status).toBe(204);
    expect((await use.call("GET", path)).body).toMatchObject(missing);
  });
});

test.each(["PhoneNumbers", "AlphaSenders", "ShortCodes", "Compliance/Usa2p"])(
  "%s of a Service that there is not are not found",
  async (list) => {
    expect((await use.call("GET", `/messaging/v1/Services/${unknown("MG")}/${list}`)).body).toMatchObject(
      missing,
    );
  },
);

test.each([
  ["ShortCodes", "short_codes"],
  ["Compliance/Usa2p", "compliance"],
])("%s are an empty list that nothing can be added to", async (path, key) => {
  expect((await use.call("GET", `${base}/${path}`)).body).toMatchObject({ [key]: [], meta: { key } });
  expect((await use.call("POST", `${base}/${path}`)).body).toMatchObject({ status: 405, code: 20004 });
});
