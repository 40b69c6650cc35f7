import { Router } from "express";
import type { ConversationsController } from "../controllers/chat/conversationsController.ts";
import type { EventsController } from "../controllers/eventsController.ts";
import type { MessagesController } from "../controllers/chat/messagesController.ts";
import type { NumbersController } from "../controllers/numbers/numbersController.ts";
import type { ReadingsController } from "../controllers/chat/readingsController.ts";
import type { SessionsController } from "../controllers/account/sessionsController.ts";
import type { TargetsController } from "../controllers/chat/targetsController.ts";
import { paths } from "../helpers/paths.ts";
import { requireAccount } from "../middleware/requireAccount.ts";
import type { Accounts } from "../models/account/accounts.ts";
import type { LiveCursor } from "../models/events.ts";

export interface PageControllers {
  conversations: ConversationsController;
  events: EventsController;
  messages: MessagesController;
  numbers: NumbersController;
  readings: ReadingsController;
  sessions: SessionsController;
  targets: TargetsController;
}

/** Every URL for people. */
export function pageRoutes(to: PageControllers, accounts: Accounts, cursor: LiveCursor): Router {
  const router = Router();
  router.get(paths.login, to.sessions.new);
  router.post(paths.login, to.sessions.create);

  router.use(requireAccount(accounts, cursor));
  router.post(paths.logout, to.sessions.destroy);
  router.get("/", (_request, response) => response.redirect(303, paths.chat));
  router.get(paths.chat, to.conversations.index);
  router.get("/chat/:twilioNumber/:target", to.conversations.show);
  router.post("/chat/:twilioNumber/:target/messages", to.messages.create);
  router.post("/chat/:twilioNumber/:target/readings", to.readings.create);
  router.post("/chat/:twilioNumber/:target/name", to.targets.update);
  router.get("/targets/new", to.targets.new);
  router.get(paths.targets, (_request, response) => response.redirect(303, paths.chat));
  router.post(paths.targets, to.targets.create);
  router.get(paths.admin, to.numbers.index);
  router.get("/admin/numbers/new", to.numbers.new);
  router.get(paths.availableNumbers, (_request, response) => response.redirect(303, paths.admin));
  router.post(paths.availableNumbers, to.numbers.create);
  router.get(paths.events, to.events.index);
  return router;
}
