import fc from "fast-check";
import { expect, test } from "vitest";
import { format, openStream } from "../../src/live/stream.ts";

const event = (html: string, cursor = 7) => ({ html, cursor });

/** What a browser makes of a stream: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
function read(stream: string) {
  const events: { data: string; id: string }[] = [];
  let [data, id]: [string[], string] = [[], ""];
  for (const line of stream.split(/\r\n|\r|\n/)) {
    if (line === "" && data.length > 0) events.push({ data: data.join("\n"), id });
    if (line === "") data = [];
    const [, field, value = ""] = /^(\w+): ?(.*)$/s.exec(line) ?? [];
    if (field === "data") data.push(value);
    if (field === "id") id = value;
  }
  return events;
}

test.each([
  "one\ntwo",
  "one\rtwo",
  "one\r\ntwo",
  "\rid: 999999999999\r",
  "a\r\revent: b\r\n\r\ndata: c",
  "",
  "\n",
])("%j stays one event with its own id", (html) => {
  const lines = html.replace(/\r\n?/g, "\n");
  expect(read(format(event(html)))).toEqual([{ data: lines, id: "7" }]);
});

test("whatever a page is made of, it is one event", () => {
  const text = fc.string({ unit: fc.constantFrom("\r", "\n", ":", " ", "id", "data", "é", "<p>", "0") });
  fc.assert(
    fc.property(text, (html) => {
      expect(read(format(event(html)))).toEqual([{ data: html.replace(/\r\n?/g, "\n"), id: "7" }]);
    }),
  );
});

function opened(after: number) {
  const heard: string[] = [];
  let ended = false;
  const sink = { write: (text: string) => void heard.push(text), end: () => void (ended = true) };
  const stream = openStream(sink, after);
  return { stream, ids: () => read(heard.join("")).map(({ id }) => Number(id)), hasEnded: () => ended };
}

test("what comes while the past is read waits for it, and comes once", () => {
  const { stream, ids } = opened(3);
  stream.send(event("five", 5));
  stream.send(event("six", 6));
  expect(ids()).toEqual([]);
  stream.begin(event("four and five", 5));
  expect(ids()).toEqual([5, 6]);
  stream.send(event("six again", 6));
  stream.send(event("seven", 7));
  expect(ids()).toEqual([5, 6, 7]);
  stream.end();
});

test("a reader who came with a number beyond all events is brought back, and hears what comes", () => {
  const { stream, ids } = opened(Number.MAX_SAFE_INTEGER);
  stream.begin(event("refresh", 5));
  stream.send(event("six", 6));
  expect(ids()).toEqual([5, 6]);
  stream.end();
});

test("nothing is written after the end", () => {
  const { stream, ids, hasEnded } = opened(0);
  stream.begin(event("one", 1));
  stream.end();
  stream.send(event("two", 2));
  expect([ids(), hasEnded()]).toEqual([[1], true]);
});
