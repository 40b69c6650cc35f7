import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadTemplates } from "../src/templates.ts";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Draws views that lie in a folder of their own; the first is the one that is drawn. */
function draw(views: Record<string, string>, locals: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-views-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(views)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, `${name}.ejs`), text);
  }
  return loadTemplates(folder)(Object.keys(views)[0] ?? "", locals);
}

test("what is printed is escaped, but for what is printed as it is", () => {
  const text = `<b>"Tom" & 'Jerry'</b>`;
  expect(draw({ page: "<%= text %>" }, { text })).toBe(
    "&lt;b&gt;&#34;Tom&#34; &amp; &#39;Jerry&#39;&lt;/b&gt;",
  );
  expect(draw({ page: "<%- text %>" }, { text })).toBe(text);
});

test.each([
  [undefined, ""],
  [null, ""],
  [0, "0"],
  [false, "false"],
])("%j is printed as %j", (value, text) => {
  expect(draw({ page: "<%= value %>|<%- value %>" }, { value })).toBe(`${text}|${text}`);
});

test("a partial is the one beside its view, and named from the top where there is none", () => {
  const views = { "chat/page": "<%- include('_row') %> <%- include('other/_row') %>" };
  expect(draw({ ...views, "chat/_row": "beside", _row: "top", "other/_row": "other" })).toBe("beside other");
  expect(draw({ ...views, _row: "top", "other/_row": "other" })).toBe("top other");
});

test("a partial knows what its view knows; what it is handed counts before that, and in it alone", () => {
  const views = {
    page: "<%- include('_part', { name: 'Ben' }) %> <%- include('_part') %> <%= name %>",
    _part: "<%= name %> in <%= town %>",
  };
  expect(draw(views, { name: "Anna", town: "Bath" })).toBe("Ben in Bath Anna in Bath Anna");
});

test("a view draws with loops, functions and names of its own", () => {
  const page = `<% const total = rows.reduce((sum, { count }) => sum + count, 0); -%>
<% for (const { name, count } of rows) { -%>
<li><%= name.toUpperCase() %>: <%= count %>/<%= total %></li>
<% } -%>`;
  const rows = [
    { name: "a", count: 1 },
    { name: "b", count: 2 },
  ];
  expect(draw({ page }, { rows })).toBe("<li>A: 1/3</li>\n<li>B: 2/3</li>\n");
});

test("names in texts, in comments and behind dots are no locals that a view needs", () => {
  const page = "<%# locals: nothing %><%= 'absent' %> <%= thing.absent ?? \"none\" %>";
  expect(draw({ page }, { thing: {} })).toBe("absent none");
});

test("a view that is not there, or includes one that is not, is said to be missing by both names", () => {
  expect(() => draw({ page: "<%- include('_gone') %>" })).toThrow(
    "There is no view _gone, which page includes",
  );
  const render = loadTemplates(folders[0] ?? "");
  expect(() => render("nowhere", {})).toThrow("There is no view nowhere");
});

test("a view that fails says so, and draws the next time", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-views-"));
  folders.push(folder);
  writeFileSync(join(folder, "page.ejs"), "<%= person.name %>");
  const render = loadTemplates(folder);
  expect(() => render("page", {})).toThrow(TypeError);
  expect(render("page", { person: { name: "Anna" } })).toBe("Anna");
});
