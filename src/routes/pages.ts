import { Router } from "express";
import type { Controllers } from "../controllers/index.ts";
import { paths, patterns } from "../helpers/paths.ts";
import { liveCursor } from "../middleware/liveCursor.ts";
import { redirectTo } from "../middleware/redirectTo.ts";
import { requireAccount } from "../middleware/requireAccount.ts";
import type { Accounts } from "../models/account/accounts.ts";
import type { LiveCursor } from "../models/events.ts";
import { mount } from "./mount.ts";

/** Every URL for people: what the table in helpers/paths says, and where a browser may land that reloads a form's page. */
export function pageRoutes(to: Controllers, accounts: Accounts, events: LiveCursor): Router {
  const router = Router();
  mount(router, patterns.anybody, to);
  router.use(requireAccount(accounts), liveCursor(events));
  mount(router, patterns.signedIn, to);
  router.get(["/", paths.targets], redirectTo(paths.chat));
  router.get(paths.purchases, redirectTo(paths.admin));
  return router;
}
