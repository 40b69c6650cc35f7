import { describe, expect, test } from "vitest";
import { shop } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";

const use = useSandbox();

test("searches find what the filters say", async () => {
  const search = async (query: string, kind = "Local", country = "US") => {
    const { body } = await use.call("GET", `AvailablePhoneNumbers/${country}/${kind}.json?${query}`);
    return (body.available_phone_numbers ?? body.code) as { phone_number: string; region: string }[];
  };
  const regions = async (query: string) => [...new Set((await search(query)).map(({ region }) => region))];
  expect(await regions("InPostalCode=78701")).toEqual(["TX"]);
  expect(await regions("InRateCenter=DENVER&InLata=656")).toEqual(["CO"]);
  expect(await regions("NearLatLong=37.8,-122.4&Distance=50")).toEqual(["CA"]);
  expect(await regions("NearNumber=%2B15014434496")).toEqual(["AR"]);
  expect(await search("NearLatLong=0,0")).toEqual([]);
  expect(await search("InRateCenter=DENVER")).toBe(20001);
  const [first] = await search("AreaCode=415");
  const last = first?.phone_number.slice(-4) ?? "";
  expect((await search(`Contains=${last}$`)).every(({ phone_number }) => phone_number.endsWith(last))).toBe(
    true,
  );
  expect(
    (await search("Contains=%2B1415")).every(({ phone_number }) => phone_number.startsWith("+1415")),
  ).toBe(true);
  const [spelled] = await search("Contains=JKL", "TollFree");
  if (spelled) expect(spelled.phone_number).toContain("555");
  expect(await search("FaxEnabled=true")).toEqual([]);
  expect(await search("FaxEnabled=false")).not.toEqual([]);
  expect(await search("ExcludeLocalAddressRequired=true", "Local", "DE")).toEqual([]);
  expect(await search("MmsEnabled=true", "Mobile", "GB")).toEqual([]);
});

test("stars stand for one digit each, as many as you like, but not between digits", async () => {
  const search = async (contains: string) => {
    const { body } = await use.call("GET", `AvailablePhoneNumbers/US/Local.json?Contains=${contains}`);
    const found = body.available_phone_numbers as { phone_number: string }[] | undefined;
    return found?.map(({ phone_number }) => phone_number) ?? body.code;
  };
  const found = await search("415*******");
  expect(found).not.toEqual([]);
  expect((found as string[]).every((number) => /415\d{7}$/.test(number))).toBe(true);
  expect(await search("*****55")).not.toEqual([]);
  expect(await search("415***")).toEqual(expect.arrayContaining((found as string[]).slice(0, 3)));
  expect(await search("206*55*")).toBe(20001);
  expect(await search("4***")).toBe(20001);
});

const get = async (path: string) => (await use.call("GET", `AvailablePhoneNumbers${path}`)).body;
const base = `/2010-04-01/Accounts/${shop.accountSid}/AvailablePhoneNumbers`;

describe("countries", () => {
  test("are told with the kinds that are sold there, and no pages", async () => {
    const all = await get(".json");
    expect(Object.keys(all)).toEqual(["countries", "uri"]);
    expect(await get("/US.json")).toEqual({
      ...{ country_code: "US", country: "United States", uri: `${base}/US.json`, beta: false },
      subresource_uris: { local: `${base}/US/Local.json`, toll_free: `${base}/US/TollFree.json` },
    });
  });

  test.each([
    "/XX.json",
    "/us.json",
    "/US/Mobile.json",
    "/US/National.json",
    "/XX/Local.json",
    "/US/local.json",
  ])("%s is not found", async (path) => expect(await get(path)).toMatchObject({ status: 404, code: 20404 }));
});

describe("a list of numbers", () => {
  type Available = Record<string, unknown> & { phone_number: string };
  const list = async (path: string) => (await get(path)).available_phone_numbers as Available[];

  test.each([
    ["", 30],
    ["?PageSize=5", 5],
    ["?PageSize=1000", 30],
    ["?PageSize=0", 30],
    ["?PageSize=-1", 1],
  ])("%s has %i", async (query, count) => {
    expect(await list(`/US/Local.json${query}`)).toHaveLength(count);
  });

  test("tells of each where it is, as live Twilio writes it", async () => {
    const [number] = await list("/US/Local.json?AreaCode=303&PageSize=1");
    expect(number).toMatchObject({
      ...{ locality: "Denver", region: "CO", postal_code: "80202", rate_center: "DENVER", lata: "656" },
      ...{ latitude: "39.739200", longitude: "-104.990300", iso_country: "US", address_requirements: "none" },
      capabilities: { voice: true, SMS: true, MMS: true },
    });
  });

  test("knows no places abroad, and whether an address is needed", async () => {
    const [number] = await list("/DE/Local.json?PageSize=1");
    expect(number).toMatchObject({
      ...{ locality: null, region: null, postal_code: null, latitude: null, longitude: null },
      ...{ iso_country: "DE", address_requirements: "local", capabilities: { SMS: true, MMS: false } },
    });
  });

  test("loses what somebody buys", async () => {
    const [first] = await list("/US/TollFree.json?PageSize=1");
    await use.call("POST", "IncomingPhoneNumbers.json", { PhoneNumber: first?.phone_number ?? "" });
    const [next] = await list("/US/TollFree.json?PageSize=1");
    expect(next?.phone_number).not.toBe(first?.phone_number);
  });
});
