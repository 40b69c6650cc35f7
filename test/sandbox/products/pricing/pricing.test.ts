import { describe, expect, test } from "vitest";
import { useSandbox } from "../../useSandbox.ts";

const use = useSandbox({ perFile: true });
const get = async (path: string) => (await use.call("GET", `/pricing/v1/${path}`)).body;

const price = (number_type: string, amount: string) => ({
  number_type,
  base_price: amount,
  current_price: amount,
});

test("numbers cost a month what their kind costs there, and toll free is two words", async () => {
  expect(await get("PhoneNumbers/Countries/GB")).toEqual({
    ...{ country: "United Kingdom", iso_country: "GB", price_unit: "USD" },
    url: "https://pricing.twilio.com/v1/PhoneNumbers/Countries/GB",
    phone_number_prices: [price("local", "1.15"), price("mobile", "1.15"), price("toll free", "2.15")],
  });
});

test("texts cost the same with every carrier, in and out apart", async () => {
  expect(await get("Messaging/Countries/DE")).toMatchObject({
    outbound_sms_prices: [{ prices: [price("mobile", "0.1125"), price("local", "0.1125")] }],
    inbound_sms_prices: [price("mobile", "0.0075"), price("local", "0.0075")],
  });
});

test("calls cost by the prefix of the country, and by the number that is called", async () => {
  expect(await get("Voice/Countries/FI")).toMatchObject({
    outbound_prefix_prices: [{ prefixes: ["358"], friendly_name: "Programmable Outbound Minute - Finland" }],
    inbound_call_prices: [price("mobile", "0.0085")],
  });
  expect(await get("Voice/Numbers/+447400900123")).toMatchObject({
    ...{ number: "+447400900123", country: "United Kingdom", iso_country: "GB", price_unit: "USD" },
    inbound_call_price: price("local", "0.0085"),
  });
});

describe("lists", () => {
  test.each(["PhoneNumbers", "Messaging", "Voice"])(
    "of %s name countries only, page by page",
    async (product) => {
      const { countries, meta } = await get(`${product}/Countries?PageSize=2`);
      expect(countries).toEqual([
        {
          country: "Australia",
          iso_country: "AU",
          url: `https://pricing.twilio.com/v1/${product}/Countries/AU`,
        },
        {
          country: "Austria",
          iso_country: "AT",
          url: `https://pricing.twilio.com/v1/${product}/Countries/AT`,
        },
      ]);
      expect(meta).toMatchObject({ key: "countries", page_size: 2 });
    },
  );
});

test.each([
  "PhoneNumbers/Countries/XX",
  "PhoneNumbers/Countries/gb",
  "Voice/Countries/XX",
  "Voice/Numbers/12345",
  "Voice/Numbers/+3545812345",
  "Faxes/Countries",
])("%s is not found", async (path) => {
  expect(await get(path)).toMatchObject({ status: 404, code: 20404 });
});
