import { beforeAll, describe, expect, test } from "vitest";
import { anna, beginner, shop, shopNumber } from "../../../support/people.ts";
import { answer, closedAddress, serve } from "../../../support/localServer.ts";
import { useSandbox } from "../../useSandbox.ts";
import { unknown } from "../wire.ts";

const use = useSandbox({ perFile: true });

beforeAll(async () => {
  for (const SmsUrl of [await closedAddress(), await serve(answer(200, "<Response><Dance/></Response>"))]) {
    Object.assign(use.shop.numberFor(shopNumber)?.settings ?? {}, { SmsUrl: `${SmsUrl}/sms` });
    await use.text("Anyone?");
  }
});

type Alert = Record<string, string>;
async function codes(query = ""): Promise<string[]> {
  const { body } = await use.call("GET", `/monitor/v1/Alerts?${query}`);
  return (body.alerts as Alert[]).map(({ error_code: code = "" }) => code);
}
/** When it was, in whole seconds, as the sandbox tells it. */
const told = () => `${use.shop.alerts[0]?.at.toISOString().slice(0, 19) ?? ""}Z`;
const moved = (seconds: number) => new Date(Date.parse(told()) + seconds * 1_000).toISOString();

test("the newest is first, an unknown verb is a warning and a dead address an error", async () => {
  expect(await codes()).toEqual(["12200", "11205"]);
  expect([
    await codes("LogLevel=warning"),
    await codes("LogLevel=error"),
    await codes("LogLevel=debug"),
  ]).toEqual([["12200"], ["11205"], []]);
});

describe("a time", () => {
  test("that an alert is told with finds it, as the beginning and as the end", async () => {
    expect(await codes(`StartDate=${told()}&EndDate=${told()}&LogLevel=warning`)).toEqual(["12200"]);
  });

  test("before or after leaves it out", async () => {
    expect(await codes(`StartDate=${moved(60)}`)).toEqual([]);
    expect(await codes(`EndDate=${moved(-60)}`)).toEqual([]);
    expect(await codes(`StartDate=${moved(-60)}&EndDate=${moved(60)}`)).toEqual(["12200", "11205"]);
  });

  test("may be a day, which ends at midnight", async () => {
    const day = told().slice(0, 10);
    expect(await codes(`StartDate=${day}&EndDate=${day}&LogLevel=warning`)).toEqual(["12200"]);
  });
});

test("one is told with its request and answer, which the list leaves out", async () => {
  const [listed] = (await use.call("GET", "/monitor/v1/Alerts?PageSize=1")).body.alerts as Alert[];
  const { body } = await use.call("GET", `/monitor/v1/Alerts/${listed?.sid ?? ""}`);
  expect(Object.keys(body).filter((name) => !(name in (listed ?? {})))).toEqual([
    ...["request_variables", "request_headers", "response_headers", "response_body"],
  ]);
  expect(body).toMatchObject({
    ...{ account_sid: shop.accountSid, error_code: "12200", log_level: "warning", request_method: "POST" },
    ...{
      more_info: "https://www.twilio.com/docs/errors/12200",
      service_sid: null,
      api_version: "2010-04-01",
    },
    ...{ response_body: "<Response><Dance/></Response>" },
    request_variables: expect.stringContaining(`From=${encodeURIComponent(anna)}`) as string,
    url: `https://monitor.twilio.com/v1/Alerts/${listed?.sid}`,
  });
});

test.each([
  [400, 20001, "?LogLevel=loud"],
  [400, 20001, "?StartDate=yesterday"],
  [404, 20404, `/${unknown("NO")}`],
])("%i with %i answers Alerts%s", async (status, code, rest) => {
  expect((await use.call("GET", `/monitor/v1/Alerts${rest}`)).body).toMatchObject({ status, code });
});

test("each account sees its own only", async () => {
  const [alert] = use.shop.alerts;
  expect((await use.call("GET", "/monitor/v1/Alerts", {}, beginner)).body.alerts).toEqual([]);
  expect((await use.call("GET", `/monitor/v1/Alerts/${alert?.sid}`, {}, beginner)).code).toBe(20404);
});
