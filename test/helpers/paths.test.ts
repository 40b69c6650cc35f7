import { expect, test } from "vitest";
import { isOwnPage, paths } from "../../src/helpers/paths.ts";

const pair = { twilioNumber: "+15550001111", target: "whatsapp:+44/7 ?" };

test("addresses in a path and in a query are percent-encoded, whatever they hold", () => {
  const conversation = "/chat/%2B15550001111/whatsapp%3A%2B44%2F7%20%3F";
  expect(paths.conversation(pair)).toBe(conversation);
  expect(paths.messages(pair)).toBe(`${conversation}/messages`);
  expect(paths.name(pair)).toBe(`${conversation}/name`);
  expect(paths.numberChat("+1 2&3")).toBe("/chat?number=%2B1%202%263");
});

test("the rest of the list is what comes after its last row, with or without messages", () => {
  const silent = {
    twilioNumber: "+1",
    target: "+2",
    name: null,
    unread: 0,
    optedOutAt: null,
    lastMessage: null,
  };
  const lastMessage = {
    body: "",
    direction: "inbound" as const,
    status: "received" as const,
    numMedia: 0,
    at: new Date(12),
  };
  expect(paths.morePeople(silent, "all")).toBe("/chat?number=%2B1&after=%2B2");
  expect(paths.morePeople({ ...silent, lastMessage }, "all")).toBe("/chat?number=%2B1&after=%2B2&at=12");
});

test("what a search has found is opened at its message, beside the search", () => {
  const message = { twilioNumber: "+1", target: "Ä/b", id: "SM1" };
  expect(paths.found(message, "a&b")).toBe("/chat/%2B1/%C3%84%2Fb?around=SM1&q=a%26b#message_SM1");
  expect(paths.match(message, "x", "SM1")).toBe("/chat/%2B1/%C3%84%2Fb?find=x&around=SM1#message_SM1");
  expect(paths.match(message, "")).toBe("/chat/%2B1/%C3%84%2Fb?find=");
});

test("a list that is filtered goes on as it is", () => {
  expect(paths.filteredChat("+1", "unread")).toBe("/chat?number=%2B1&show=unread");
  expect(paths.conversationIn({ twilioNumber: "+1", target: "+2" }, "waiting")).toBe(
    "/chat/%2B1/%2B2?show=waiting",
  );
  expect(paths.conversationIn({ twilioNumber: "+1", target: "+2" }, "all")).toBe("/chat/%2B1/%2B2");
});

test("a pane is asked for beside what the address asks for already", () => {
  expect(paths.pane("/chat", "numbers")).toBe("/chat?pane=numbers");
  expect(paths.pane(paths.numberChat("+1"), "targets")).toBe("/chat?number=%2B1&pane=targets");
});

test.each([
  "/chat",
  "/chat?number=%2B1",
  "/chat/%2B1/%2B2",
  "/admin?country=US",
  "/targets/new",
  "/logout",
  "/restore",
])("%s is a page to come back to", (address) => {
  expect(isOwnPage(address)).toBe(true);
});

test.each([
  "https://evil.example/chat",
  "//evil.example/chat",
  "/\\evil.example",
  "/chatter",
  "/chat\\..",
  "/login",
  "/sign-out",
  "/export",
  "/events",
  "",
  undefined,
  ["/chat"],
])("%j is none", (address) => {
  expect(isOwnPage(address)).toBe(false);
});
