import { expect, test } from "vitest";
import { shop } from "../../support/people.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();

test.each([
  ["PUT", "Messages.json"],
  ["DELETE", "Messages.json"],
  ["POST", "Balance.json"],
  ["POST", "/monitor/v1/Alerts"],
  ["PATCH", "/nowhere"],
])("%s %s is not allowed", async (method, path) => {
  expect((await use.call(method, path)).body).toMatchObject({ status: 405, code: 20004 });
});

test.each(["Messages", "Messages.csv", "Messages.xml"])("%s says that only JSON is served", async (path) => {
  expect((await use.call("GET", path)).body).toMatchObject({
    status: 404,
    code: 20404,
    message: /serves JSON only, under names that end in \.json$/,
  });
});

test("what is not served is not found, as at Twilio", async () => {
  const path = `/2010-04-01/Accounts/${shop.accountSid}/Usage/Triggers.json`;
  expect((await use.call("GET", path)).body).toEqual({
    status: 404,
    code: 20404,
    message: `The requested resource ${path} was not found`,
    more_info: "https://www.twilio.com/docs/errors/20404",
  });
});
