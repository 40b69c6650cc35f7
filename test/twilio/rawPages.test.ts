import { expect, test } from "vitest";
import { readPage } from "../../src/twilio/rawPages.ts";

const answer = (body: unknown, statusCode = 200) => ({ statusCode, body });

test.each([
  ["as it was parsed", (page: object): unknown => page],
  ["as text", JSON.stringify],
])("a page %s has its entries and the link to the next", (_, sent) => {
  const page = { messages: [{ sid: "SM1" }, null], next_page_uri: "/next" };
  expect(readPage(answer(sent(page)), "messages")).toEqual({
    entries: [{ sid: "SM1" }, null],
    nextPage: "/next",
  });
});

test.each([null, "", undefined, 7, {}])("a page that leads to %j is the last", (next_page_uri) => {
  expect(readPage(answer({ messages: [], next_page_uri }), "messages").nextPage).toBeNull();
});

test.each([
  ["another list", { calls: [] }],
  ["one entry in place of a list", { messages: {} }],
  ["nothing", null],
  ["a text", '"messages"'],
  ["half an answer", '{"messages":['],
  ["HTML", "<html>"],
])("an answer of %s is no page", (_, body) => {
  expect(() => readPage(answer(body), "messages")).toThrow();
});

test("an answer that Twilio refuses throws with its status and its code", () => {
  const body = { code: 20_404, message: "Not found", status: 404 };
  expect(() => readPage(answer(body, 404), "messages")).toThrow(
    expect.objectContaining({ status: 404, code: 20_404, message: "Not found" }),
  );
  expect(() => readPage(answer({ messages: [] }, 201), "messages")).toThrow();
});
