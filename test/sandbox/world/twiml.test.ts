import { describe, expect, test } from "vitest";
import { readTwiml } from "../../../src/sandbox/world/twiml.ts";

const response = (verbs: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${verbs}</Response>`;
const bodies = (document: string) => readTwiml(document).replies.map(({ body }) => body);

describe("replies", () => {
  test("nothing is answered by an empty document or an empty response", () => {
    const nothing = { replies: [], redirect: undefined, fault: undefined };
    expect(["", "<Response/>", response(""), response(" \n ")].map(readTwiml)).toEqual([
      nothing,
      nothing,
      nothing,
      nothing,
    ]);
  });

  test.each([
    ["<Message>Hi</Message>", "Hi"],
    ["<Sms>Hi</Sms>", "Hi"],
    ["<Message>\n  Hi\n</Message>", "Hi"],
    ["<Message><Body>Hi</Body></Message>", "Hi"],
    // Inside a Body every space was meant.
    ["<Message><Body> Hi </Body></Message>", " Hi "],
    ["<Message>left out<Body>Hi</Body></Message>", "Hi"],
    ["<Message><Body>Hi</Body><Body>Anna</Body></Message>", "HiAnna"],
    ["<Message><![CDATA[R&D <3]]></Message>", "R&D <3"],
    ["<Message>a &lt; b &amp;&amp; c</Message>", "a < b && c"],
    ["<Message>007</Message>", "007"],
    ["<!-- said --><Message>Hi</Message>", "Hi"],
    ["<Message/>", ""],
  ])("%s says %j", (verb, body) => {
    expect(bodies(response(verb))).toEqual([body]);
  });

  test("who it goes to, who it is from, its pictures and its callback are read from the verb", () => {
    const verb = `<Message to="+15012080947" from="+15014434496" statusCallback="/s" action="/a">
      <Body>Look</Body><Media> https://example.com/a.png </Media><Media>https://example.com/b.png</Media>
    </Message>`;
    expect(readTwiml(response(verb)).replies).toEqual([
      {
        to: "+15012080947",
        from: "+15014434496",
        statusCallback: "/s",
        body: "Look",
        media: ["https://example.com/a.png", "https://example.com/b.png"],
      },
    ]);
  });

  test("several are in the order of the document, ten at most", () => {
    const verbs = (count: number) =>
      response(Array.from({ length: count }, (_, index) => `<Message>${index + 1}</Message>`).join(""));
    expect(bodies(verbs(3))).toEqual(["1", "2", "3"]);
    expect([bodies(verbs(10)).length, readTwiml(verbs(10)).fault]).toEqual([10, undefined]);
    expect([bodies(verbs(11)).length, readTwiml(verbs(11)).fault]).toEqual([10, 14109]);
  });
});

describe("a redirect", () => {
  test.each([
    ["<Redirect>/more</Redirect>", { url: "/more", method: "POST" }],
    ['<Redirect method="GET">\n/more?a=1&amp;b=2\n</Redirect>', { url: "/more?a=1&b=2", method: "GET" }],
  ])("%s leads on", (verb, redirect) => {
    expect(readTwiml(response(verb)).redirect).toEqual(redirect);
  });

  test("lets what stands before it happen, and nothing after", () => {
    const verbs = "<Message>Before</Message><Redirect>/one</Redirect><Message>After</Message><Dance/>";
    const reading = readTwiml(response(`${verbs}<Redirect>/two</Redirect>`));
    expect(reading.replies.map(({ body }) => body)).toEqual(["Before"]);
    expect([reading.redirect?.url, reading.fault]).toEqual(["/one", undefined]);
  });
});

describe("the Debugger's code", () => {
  test.each([
    ["plain words", "OK", 12100],
    ["a blank line before the declaration", `\n${response("")}`, 12100],
    ["a tag that is not closed", "<Response><Message>Hi</Response>", 12100],
    ["an ampersand that stands alone", "<Response>a & b</Response>", 12100],
    ["another root", "<Reply/>", 12102],
    ["a root in small letters", "<response/>", 12102],
    ["JSON", '{"message": "Hi"}', 12100],
    ["a page", "<html><body>Hi</body></html>", 12102],
    ["a verb in small letters", response("<message>Hi</message>"), 12200],
    ["a verb of calls", response("<Say>Hi</Say>"), 12200],
  ])("for %s", (_what, document, fault) => {
    expect(readTwiml(document).fault).toBe(fault);
  });

  test("for an unknown verb keeps nobody from reading the others", () => {
    const reading = readTwiml(response("<Dance/><Message>Hi</Message>"));
    expect([reading.fault, reading.replies.length]).toEqual([12200, 1]);
  });
});
