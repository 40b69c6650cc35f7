import { XMLParser, XMLValidator } from "fast-xml-parser";

export interface Reply {
  to: string | undefined;
  from: string | undefined;
  body: string;
  media: string[];
  statusCallback: string | undefined;
}

export interface TwimlReading {
  replies: Reply[];
  redirect: { url: string; method: string } | undefined;
  /** What Twilio's Debugger would say: 12100 no XML, 12102 wrong root, 12200 unknown verb (a warning), 14109 too many replies. */
  fault: 12100 | 12102 | 12200 | 14109 | undefined;
}

type Node = Record<string, unknown> & { ":@"?: Record<string, string> };

const mostReplies = 10;
const attributes = "@";
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: attributes,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
  // Also numbered ones, e.g. an apostrophe as &#39;.
  htmlEntities: true,
});

/** Reads what a webhook answered as TwiML for messages. */
export function readTwiml(document: string): TwimlReading {
  const nothing: TwimlReading = { replies: [], redirect: undefined, fault: undefined };
  if (document === "") return nothing;
  const parsed = parse(document);
  if (!parsed) return { ...nothing, fault: 12100 };
  const root = elements(parsed).find(([name]) => name !== "?xml");
  if (root?.[0] !== "Response") return { ...nothing, fault: 12102 };
  const reading: TwimlReading = { ...nothing, replies: [] };
  for (const [verb, children, given] of elements(root[1])) {
    // What comes after a redirect is never reached.
    if (reading.redirect) break;
    if (verb === "Message" || verb === "Sms") reading.replies.push(replyOf(children, given));
    else if (verb !== "Redirect") reading.fault = 12200;
    else reading.redirect = { url: textOf(children).trim(), method: given.method ?? "POST" };
  }
  if (reading.replies.length <= mostReplies) return reading;
  return { ...reading, replies: reading.replies.slice(0, mostReplies), fault: 14109 };
}

// The parser throws on what the validator lets through, e.g. entities that grow without end.
function parse(document: string): Node[] | undefined {
  try {
    return XMLValidator.validate(document) === true ? (parser.parse(document) as Node[]) : undefined;
  } catch {
    return undefined;
  }
}

function replyOf(children: Node[], given: Record<string, string>): Reply {
  const inner = elements(children);
  const body = inner.filter(([name]) => name === "Body").map(([, nodes]) => textOf(nodes));
  const media = inner.filter(([name]) => name === "Media").map(([, nodes]) => textOf(nodes).trim());
  const { to, from, statusCallback } = given;
  return { to, from, statusCallback, media, body: body.length > 0 ? body.join("") : textOf(children).trim() };
}

function elements(nodes: Node[]): [name: string, children: Node[], attributes: Record<string, string>][] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
    if (name === undefined) return [];
    const given = Object.entries(node[":@"] ?? {}).map(([key, value]) => [
      key.slice(attributes.length),
      value,
    ]);
    return [[name, node[name] as Node[], Object.fromEntries(given) as Record<string, string>]];
  });
}

function textOf(nodes: Node[]): string {
  return nodes.map((node) => (typeof node["#text"] === "string" ? node["#text"] : "")).join("");
}
