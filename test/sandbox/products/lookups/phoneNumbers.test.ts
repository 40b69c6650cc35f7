import { describe, expect, test } from "vitest";
import { anna } from "../../../support/people.ts";
import { useSandbox } from "../../useSandbox.ts";

const use = useSandbox({ perFile: true });
const lookup = async (number: string, query = "", version = "v2") =>
  (await use.call("GET", `/lookups/${version}/PhoneNumbers/${encodeURIComponent(number)}?${query}`)).body;

describe("Lookup v2", () => {
  test("tells of a number what is free, and null of what was not asked for", async () => {
    expect(await lookup(anna)).toEqual({
      ...{
        calling_country_code: "1",
        country_code: "US",
        phone_number: anna,
        national_format: "(501) 208-0731",
      },
      ...{ valid: true, validation_errors: [], caller_name: null, sim_swap: null, call_forwarding: null },
      ...{ line_status: null, line_type_intelligence: null, identity_match: null, reassigned_number: null },
      ...{ sms_pumping_risk: null, phone_number_quality_score: null, pre_fill: null },
      url: `https://lookups.twilio.com/v2/PhoneNumbers/${encodeURIComponent(anna)}`,
    });
  });

  test.each([
    ["(501) 208-0731", "", anna],
    ["07400 900123", "CountryCode=gb", "+447400900123"],
    ["07400 900123", "CountryCode=GB", "+447400900123"],
  ])("reads %s with %j as %s", async (number, query, expected) => {
    expect(await lookup(number, query)).toMatchObject({ valid: true, phone_number: expected });
  });

  test.each([
    ["+1501", "TOO_SHORT"],
    ["+150120807311234567", "TOO_LONG"],
    ["+10005550123", "INVALID_BUT_POSSIBLE"],
    ["+4915", "TOO_SHORT"],
    ["+9991234567", "INVALID_COUNTRY_CODE"],
  ])("answers 200 for %s, which is none: %s, and of no country", async (number, fault) => {
    expect(await lookup(number)).toMatchObject({
      ...{ valid: false, validation_errors: [fault], country_code: null },
    });
  });

  test("calls words no number, under the calling code of the country", async () => {
    const none = {
      valid: false,
      validation_errors: ["NOT_A_NUMBER"],
      country_code: null,
      national_format: null,
    };
    expect(await lookup("notanumber")).toMatchObject({ ...none, phone_number: "+1notanumber" });
    expect(await lookup("notanumber", "CountryCode=GB")).toMatchObject({
      ...none,
      phone_number: "+44notanumber",
    });
  });

  test.each([
    ["+447400900123", "mobile"],
    ["+493090182000", "landline"],
    ["+18335550123", "tollFree"],
    [anna, "nonFixedVoip"],
    ["+1501", null],
  ])("says that %s is %s when it is asked for the line's type", async (number, type) => {
    const { line_type_intelligence: line } = await lookup(number, "Fields=line_type_intelligence");
    expect(line).toMatchObject({ type, error_code: null });
  });

  test("gives each package that is asked for, and refuses one that it does not know", async () => {
    const found = await lookup(anna, "Fields=validation,caller_name,line_type_intelligence");
    expect(found).toMatchObject({
      caller_name: { caller_name: null, error_code: null },
      line_type_intelligence: {},
    });
    expect(found.sim_swap).toBeNull();
    expect(await lookup(anna, "Fields=caller_name,weather")).toMatchObject({ status: 400, code: 20001 });
  });

  test("does not find what is empty", async () => {
    expect((await use.call("GET", "/lookups/v2/PhoneNumbers/")).body).toMatchObject({
      status: 404,
      code: 20404,
    });
  });
});

describe("Lookup v1", () => {
  test.each([
    ["+447400900123", "mobile"],
    ["+493090182000", "landline"],
    [anna, "voip"],
  ])("tells of %s that it is %s when it is asked for the carrier", async (number, type) => {
    expect(await lookup(number, "Type=carrier", "v1")).toMatchObject({
      carrier: { type },
      caller_name: null,
    });
  });

  test("tells of both types at once, and of neither unless it is asked", async () => {
    const both = await lookup(anna, "Type=carrier&Type=caller-name", "v1");
    expect([both.carrier === null, both.caller_name === null]).toEqual([false, false]);
    expect(await lookup(anna, "", "v1")).toMatchObject({ carrier: null, caller_name: null, add_ons: null });
  });

  test.each(["+1501", "notanumber"])("does not find %s", async (number) => {
    expect(await lookup(number, "", "v1")).toMatchObject({ status: 404, code: 20404 });
  });
});
