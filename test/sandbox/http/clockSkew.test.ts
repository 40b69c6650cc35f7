import { expect, test } from "vitest";
import { anna, shopNumber } from "../../support/people.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();
const hourMs = 3_600_000;

const age = (time: unknown) => Date.now() - Date.parse(String(time));

test.each([-24 * hourMs, hourMs])(
  "the date is %i ms off in the header and in every time told",
  async (ms) => {
    await use.fault({ kind: "date", ms });
    const { headers, body } = await use.send(anna);
    expect(age(headers.get("date"))).toBeCloseTo(-ms, -4);
    expect(age(body.date_created)).toBeCloseTo(-ms, -4);
    const alerts = await use.call("GET", "/messaging/v1/Services");
    expect(age(alerts.headers.get("date"))).toBeCloseTo(-ms, -4);
    const services = await use.call("POST", "/messaging/v1/Services", { FriendlyName: "Support" });
    expect(age(services.body.date_created)).toBeCloseTo(-ms, -4);
    expect(services.body.date_created).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  },
);

test("what is asked by Twilio's times is found by them", async () => {
  await use.fault({ kind: "date", ms: -24 * hourMs });
  const { body } = await use.send(anna);
  const at = (shiftMs: number) =>
    new Date(Date.parse(String(body.date_created)) + shiftMs).toISOString().slice(0, 19);
  const found = async (query: string) => {
    const answer = await use.call("GET", `Messages.json?To=${encodeURIComponent(anna)}&${query}`);
    return (answer.body.messages as { sid: string }[]).map(({ sid }) => sid);
  };
  expect(await found(`DateSent%3E=${at(-2_000)}Z&DateSent%3C=${at(2_000)}Z`)).toEqual([body.sid]);
  expect(await found(`DateSent%3E=${at(60_000)}Z`)).toEqual([]);
});

test("a scheduled message is due by Twilio's clock", async () => {
  await use.fault({ kind: "date", ms: 2 * hourMs });
  const { body: service } = await use.call("POST", "/messaging/v1/Services", { FriendlyName: "Support" });
  const schedule = (ms: number) =>
    use.call("POST", "Messages.json", {
      To: anna,
      Body: "Later",
      MessagingServiceSid: String(service.sid),
      ScheduleType: "fixed",
      SendAt: new Date(Date.now() + ms).toISOString(),
    });
  expect((await schedule(hourMs)).code).toBe(35114);
  expect((await schedule(3 * hourMs)).body.status).toBe("scheduled");
});

test("once, and for one address, when the fault says so", async () => {
  await use.fault({ kind: "date", ms: hourMs, times: 1, path: "Messages" });
  const numbers = await use.call("GET", "IncomingPhoneNumbers.json");
  expect(age(numbers.headers.get("date"))).toBeLessThan(5_000);
  expect(age((await use.send(anna)).body.date_created)).toBeLessThan(-hourMs / 2);
  expect(age((await use.call("GET", "Messages.json")).headers.get("date"))).toBeGreaterThan(-5_000);
  expect(use.shop.numberFor(shopNumber)).toBeDefined();
});
