import { expect, test } from "vitest";
import type { LogPage, LogQuery, MessageApi } from "../../../src/models/chat/twilio.ts";
import { TwilioRefused, TwilioUnreachable } from "../../../src/models/errors.ts";
import { LogReader } from "../../../src/models/sync/logReader.ts";
import type { LogPosition, TwilioMessage } from "../../../src/models/types.ts";
import { twilioMessage } from "../../support/stores.ts";

const credentials = { accountSid: "AC1", authToken: "token" };
const start: LogPosition = { nextPage: null, oldestAt: null };
const at = (seconds: number) => new Date(seconds * 1_000);
const said = (...seconds: number[]) => seconds.map((second) => twilioMessage({ at: at(second) }));

/** A log that answers by the link or by the time that it is asked from. */
function logOf(answers: Record<string, { messages: TwilioMessage[]; nextPage: string | null } | Error>) {
  const asked: string[] = [];
  const listMessages = (_: unknown, query: LogQuery | { page: string }): Promise<LogPage> => {
    const key =
      "page" in query
        ? query.page
        : query.sentBefore
          ? `before ${query.sentBefore.getTime() / 1_000}`
          : "newest";
    if ("pageSize" in query && query.pageSize > 1_000) throw new TwilioRefused("Page size too large", 20007);
    asked.push(key);
    const answer = answers[key];
    if (answer === undefined) throw new Error(`nobody expected to be asked for ${key}`);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { api: { listMessages } as unknown as MessageApi, asked };
}

/** Reads to the end, or as far as a test can wait. */
async function readAll(api: MessageApi, from = start, reader = new LogReader(api)): Promise<number[]> {
  const read: number[] = [];
  for (let position: LogPosition | null = from, pages = 0; position !== null; pages += 1) {
    if (pages > 20) throw new Error("there is no end");
    const page = await reader.read(credentials, position);
    read.push(...page.messages.map((message) => (message.at?.getTime() ?? 0) / 1_000));
    position = page.next;
  }
  return read;
}

test("the log is read page by page to its end", async () => {
  const { api, asked } = logOf({
    newest: { messages: said(9, 8), nextPage: "/two" },
    "/two": { messages: said(7, 6), nextPage: null },
  });
  expect(await readAll(api)).toEqual([9, 8, 7, 6]);
  expect(asked).toEqual(["newest", "/two"]);
});

test("a log that is read once more has the same links, which is no circle", async () => {
  const { api, asked } = logOf({
    newest: { messages: said(9, 8), nextPage: "/two" },
    "/two": { messages: said(7), nextPage: "/three" },
    "/three": { messages: said(6), nextPage: null },
  });
  const reader = new LogReader(api);
  await readAll(api, start, reader);
  expect(await readAll(api, start, reader)).toEqual([9, 8, 7, 6]);
  expect(asked).toHaveLength(6);
});

test("a link that Twilio does not take any more is left for the oldest known time", async () => {
  const { api, asked } = logOf({
    "/dead": new TwilioRefused("Page token expired", 21481),
    "before 5": { messages: said(5, 4), nextPage: null },
  });
  expect(await readAll(api, { nextPage: "/dead", oldestAt: at(5) })).toEqual([5, 4]);
  expect(asked).toEqual(["/dead", "before 5"]);
});

test("Twilio's trouble is not taken for a dead link", async () => {
  const { api } = logOf({ "/two": new TwilioUnreachable() });
  await expect(readAll(api, { nextPage: "/two", oldestAt: at(5) })).rejects.toBeInstanceOf(TwilioUnreachable);
});

test("a page that leads to itself is left for the time of its oldest message", async () => {
  const { api, asked } = logOf({
    newest: { messages: said(9, 8), nextPage: "/two" },
    "/two": { messages: said(7, 6), nextPage: "/two" },
    "before 6": { messages: said(6, 5), nextPage: null },
  });
  expect(await readAll(api)).toEqual([9, 8, 7, 6, 6, 5]);
  expect(asked).toEqual(["newest", "/two", "before 6"]);
});

test("a log that goes in circles whatever it is asked ends", async () => {
  const { api } = logOf({
    newest: { messages: said(9), nextPage: "/two" },
    "/two": { messages: said(9), nextPage: "/three" },
    "/three": { messages: said(9), nextPage: "/two" },
  });
  expect(await readAll(api)).toEqual([9, 9, 9]);
});

test("a circle of messages without a time ends, too", async () => {
  const messages = [twilioMessage({ at: null as unknown as Date })];
  const { api } = logOf({
    newest: { messages, nextPage: "/two" },
    "/two": { messages, nextPage: "/two" },
  });
  expect(await readAll(api)).toEqual([0, 0]);
});
