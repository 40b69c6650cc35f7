import { beforeEach, expect, test } from "vitest";
import { anna, shop, shopNumber, shopSeed } from "../../support/people.ts";
import { useSandbox } from "../useSandbox.ts";

const use = useSandbox();
const minutesPerDay = 1_440;

beforeEach(async () => {
  const seed = shopSeed();
  Object.assign(seed.accounts[0] ?? {}, { messages: [], history: { messages: 2 * minutesPerDay } });
  await use.reopen({ seed });
});

const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
async function sids(query: string): Promise<unknown[]> {
  const { body } = await use.call("GET", `Messages.json?PageSize=1000&${query}`);
  const next = body.next_page_uri as string | null;
  const rest = next ? ((await use.call("GET", next)).body.messages as unknown[]) : [];
  return [...(body.messages as unknown[]), ...rest];
}

test("a moment asks for its whole UTC day, as a day does", async () => {
  expect(await sids(`DateSent=${yesterday()}`)).toHaveLength(minutesPerDay);
  expect(await sids(`DateSent=${yesterday()}T00:00:00Z`)).toHaveLength(minutesPerDay);
  expect(await sids(`DateSent=${yesterday()}T17:30:00Z`)).toHaveLength(minutesPerDay);
});

test("the ends of a range count to the second", async () => {
  const range = (from: string, until: string) =>
    `DateSent%3E=${yesterday()}T${from}Z&DateSent%3C=${yesterday()}T${until}Z`;
  expect(await sids(range("10:00:00", "10:59:59"))).toHaveLength(60);
});

test("media are asked for by their day as well", async () => {
  const media = [{ contentType: "image/png", content: Buffer.from("89504e47", "hex") }];
  const { message } = await use.sandbox.world.phoneTexts({ from: anna, to: shopNumber, body: "", media });
  const day = new Date().toISOString().slice(0, 10);
  const list = async (query: string) =>
    (await use.call("GET", `Messages/${message.sid}/Media.json?${query}`)).body.media_list;
  expect(await list(`DateCreated=${day}T00:00:00Z`)).toHaveLength(1);
  expect(await list(`DateCreated=${yesterday()}`)).toEqual([]);
});

test("Page without a token is the first page, unless pages are counted", async () => {
  const first = async () => {
    const { body } = await use.call("GET", "Messages.json?PageSize=10&Page=5");
    return (body.messages as { body: string }[])[0]?.body;
  };
  expect(await first()).toBe("Message 2880 of 2880");
  const { accounts } = shopSeed();
  Object.assign(accounts[0] ?? {}, { messages: [], history: { messages: 100 } });
  await use.reopen({ seed: { accounts, unverified: { pageWithoutToken: "counted" } } });
  expect(await first()).toBe("Message 50 of 100");
  const numbers = await use.call("GET", "IncomingPhoneNumbers.json?PageSize=1&Page=1");
  expect(numbers.body.incoming_phone_numbers).toMatchObject([
    { account_sid: shop.accountSid, friendly_name: "London" },
  ]);
});
