import { text } from "../http/format.ts";

export const panes = ["phones", "phone", "faults", "log"] as const;
export type Pane = (typeof panes)[number];

/** What the address of the handset page says: whose phone, which number, and what a narrow screen shows. */
export interface Location {
  account: string;
  phone: string;
  number: string;
  pane: Pane;
  /** Which calls of the log: "api", "webhook", or all. */
  calls: string;
  /** How many calls of the log. */
  size: number;
}

const fewest = 50;
const most = 500;

export function locationOf(query: Record<string, unknown>): Location {
  const size = Number.parseInt(text(query.size), 10) || fewest;
  return {
    account: text(query.account),
    phone: text(query.phone),
    number: text(query.number),
    pane: panes.find((pane) => pane === query.pane) ?? "phone",
    calls: text(query.calls),
    size: Math.min(Math.max(size, fewest), most),
  };
}

/** What is left out is as usual. */
export function pathTo({ pane = "phone", size = fewest, ...location }: Partial<Location>): string {
  const said = {
    ...location,
    pane: pane === "phone" ? "" : pane,
    size: size === fewest ? "" : String(size),
  };
  const given = Object.entries(said).filter(([, value]) => value !== "");
  return given.length === 0 ? "/" : `/?${new URLSearchParams(given).toString()}`;
}

/** Where a form came from and goes back to; never another site. */
export function backTo(given: unknown, wrong?: string): string {
  const [path, query = ""] = text(given).split("?");
  const fields = new URLSearchParams(path === "/" ? query : "");
  fields.delete("wrong");
  if (wrong) fields.set("wrong", wrong);
  return fields.size === 0 ? "/" : `/?${fields.toString()}`;
}
