import { expect, test } from "vitest";
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
