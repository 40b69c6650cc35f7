import type { RequestHandler, Router } from "express";

const verbs = {
  index: "get",
  show: "get",
  new: "get",
  edit: "get",
  create: "post",
  update: "post",
  destroy: "post",
} as const;
type Action = keyof typeof verbs;

type Patterns = Record<string, Partial<Record<Action, string>>>;
type Answering<P extends Patterns> = { [Name in keyof P]: Record<keyof P[Name] & Action, RequestHandler> };

/** Gives every address of the table to the controller and action that it stands under. */
export function mount<P extends Patterns>(router: Router, patterns: P, to: Answering<P>): void {
  for (const [name, addresses] of Object.entries(patterns)) {
    const controller = to[name] as Record<Action, RequestHandler>;
    for (const [action, address] of Object.entries(addresses) as [Action, string][])
      router[verbs[action]](address, controller[action]);
  }
}
