import { describe, expect, test } from "vitest";
import { beginner } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox({ perFile: true });

const home = {
  ...{ CustomerName: "Walnut & Sons", Street: "Main St 1", City: "Berlin" },
  ...{ Region: "Berlin", PostalCode: "10115", IsoCountry: "DE" },
};
const made = async (form: Record<string, string> = {}) =>
  (await use.call("POST", "Addresses.json", { ...home, ...form })).body;

test("an address is told as it was given, unchecked", async () => {
  expect(await made({ StreetSecondary: "2nd floor", EmergencyEnabled: "true" })).toMatchObject({
    ...{ sid: expect.stringMatching(/^AD[0-9a-f]{32}$/) as string, friendly_name: "" },
    ...{ customer_name: "Walnut & Sons", street: "Main St 1", street_secondary: "2nd floor", city: "Berlin" },
    ...{ region: "Berlin", postal_code: "10115", iso_country: "DE" },
    ...{ emergency_enabled: true, validated: false, verified: false },
  });
  expect(await made()).toMatchObject({ street_secondary: null, emergency_enabled: false });
});

test.each(Object.keys(home))("without %s it is refused in words", async (name) => {
  expect(await made({ [name]: "" })).toMatchObject({
    status: 400,
    code: 20001,
    message: `Missing required parameter ${name} in the post body`,
  });
});

test.each(["Germany", "de", "D"])("the country %s is refused", async (IsoCountry) => {
  expect(await made({ IsoCountry })).toMatchObject({
    code: 20001,
    message: "IsoCountry must be two letters",
  });
});

test("a change leaves the rest as it is, and never moves an address to another country", async () => {
  const { sid } = await made({ FriendlyName: "Home" });
  const form = { City: "Potsdam", IsoCountry: "FR", Colour: "red" };
  const { body } = await use.call("POST", `Addresses/${String(sid)}.json`, form);
  expect(body).toMatchObject({
    city: "Potsdam",
    iso_country: "DE",
    street: "Main St 1",
    friendly_name: "Home",
  });
});

test("the list is filtered by whole fields, all at once", async () => {
  await made({ CustomerName: "Anna", FriendlyName: "Cabin", IsoCountry: "SE" });
  await made({ CustomerName: "Anna", FriendlyName: "Flat", IsoCountry: "AT" });
  const found = async (query: string) => {
    const { body } = await use.call("GET", `Addresses.json?${query}`);
    return (body.addresses as { friendly_name: string }[]).map((each) => each.friendly_name);
  };
  expect(await found("CustomerName=Anna")).toEqual(["Cabin", "Flat"]);
  expect(await found("CustomerName=Anna&IsoCountry=AT")).toEqual(["Flat"]);
  expect(await found("FriendlyName=Cabin&IsoCountry=AT")).toEqual([]);
  expect(await found("CustomerName=Ann")).toEqual([]);
});

describe("an address that is another's or nobody's", () => {
  test.each(["GET", "POST", "DELETE"])("is not found by %s", async (method) => {
    const { sid } = await made();
    const missing = { status: 404, code: 20404 };
    expect((await use.call(method, `Addresses/${String(sid)}.json`, {}, beginner)).body).toMatchObject(
      missing,
    );
    expect((await use.call(method, `Addresses/${unknown("AD")}.json`)).body).toMatchObject(missing);
  });
});
