import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ejs from "ejs";

/** Draws the view of this name, e.g. "chat/conversations/show", with these locals. */
export type Render = (view: string, locals: object) => string;

type Compiled = (locals: object, escape: (text: unknown) => string, include: Include) => string;
type Include = (view: string, locals?: object) => string;

/**
 * Every view of a folder, each compiled once, when it is first drawn. EJS by itself looks for the file of a partial at
 * every include, copies all locals for it and finds names with `with`, which together took half the time of a page.
 */
export function loadTemplates(folder: string): Render {
  const names = new Set(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ejs"))
      .map((file) => file.replaceAll("\\", "/").slice(0, -".ejs".length)),
  );
  const compiled = new Map<string, Compiled>();

  function templateOf(name: string): Compiled {
    const known = compiled.get(name);
    if (known) return known;
    const template = compile(readFileSync(join(folder, `${name}.ejs`), "utf8"), name);
    compiled.set(name, template);
    return template;
  }
  /** A partial is beside the view that includes it, or named from the top. */
  function resolve(view: string, from: string): string {
    const beside = posix.join(dirname(from), view);
    const found = [beside, view].find((name) => names.has(name));
    if (found === undefined) throw new Error(`There is no view ${view}, which ${from} includes`);
    return found;
  }
  function draw(name: string, locals: object): string {
    const include: Include = (view, own) =>
      draw(resolve(view, name), own ? Object.assign(Object.create(locals) as object, own) : locals);
    return templateOf(name)(locals, escape, include);
  }
  return (view, locals) => draw(resolve(view, ""), locals);
}

function compile(text: string, name: string): Compiled {
  const options = {
    compileDebug: false,
    rmWhitespace: true,
    _with: false,
    filename: name,
    destructuredLocals: freeNames(text),
  };
  const template = new ejs.Template(text, options) as ejs.Template & { source: string };
  template.compile();
  // What compile() returns would copy the locals and look for files; its source leaves both to the arguments.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return new Function("locals", "escapeFn", "include", template.source) as Compiled;
}

const declared = /\b(?:const|let|var|function)\s+([\w$]+)/g;
const identifier = /(?<![.\w$"'])[A-Za-z_$][\w$]*/g;
const reserved = new Set(
  "await break case catch class const continue debugger default delete do else export extends false finally for function if import in instanceof let new null of return static super switch this throw true try typeof var void while with yield async undefined locals include escapeFn rethrow".split(
    " ",
  ),
);

/** The names that a view takes from its locals; some more do no harm. */
function freeNames(text: string): string[] {
  const code = [...text.matchAll(/<%(?!#)[-=_]?([\s\S]*?)[-_]?%>/g)].map(([, script]) => script).join("\n");
  const own = new Set([...code.matchAll(declared)].map(([, name]) => name));
  const used = new Set([...code.matchAll(identifier)].map(([name]) => name));
  return [...used].filter((name) => !own.has(name) && !reserved.has(name) && !(name in globalThis));
}

function escape(text: unknown): string {
  return ejs.escapeXML(text);
}
