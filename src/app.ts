import { statSync } from "node:fs";
import { join } from "node:path";
import ejs from "ejs";
import express, { type Express } from "express";
import { ChatPages } from "./controllers/chat/chatPage.ts";
import { ConversationsController } from "./controllers/chat/conversationsController.ts";
import { EventsController } from "./controllers/eventsController.ts";
import { HealthController } from "./controllers/healthController.ts";
import { InboundMessagesController } from "./controllers/webhooks/inboundMessagesController.ts";
import { MessagesController } from "./controllers/chat/messagesController.ts";
import { MessageStatusesController } from "./controllers/webhooks/messageStatusesController.ts";
import { NumbersController } from "./controllers/numbers/numbersController.ts";
import { ReadinessController } from "./controllers/readinessController.ts";
import { ReadingsController } from "./controllers/chat/readingsController.ts";
import { SessionsController } from "./controllers/account/sessionsController.ts";
import { TargetsController } from "./controllers/chat/targetsController.ts";
import { publicDir, viewsDir, type Dependencies } from "./dependencies.ts";
import { allowedHosts } from "./middleware/allowedHosts.ts";
import { csrf } from "./middleware/csrf.ts";
import { errors, notFound } from "./middleware/errors.ts";
import { pages } from "./middleware/pages.ts";
import { securityHeaders } from "./middleware/securityHeaders.ts";
import { sessions } from "./middleware/session.ts";
import { pageRoutes } from "./routes/pages.ts";
import { webhookRoutes } from "./routes/webhooks.ts";

/** Every middleware and router, in order. */
export function createApp({
  config,
  store,
  live,
  models,
  viewLocals,
  verifySignature,
  report,
}: Dependencies): Express {
  const { accounts, conversations, history, messages, numbers, targets } = models;
  const chat = new ChatPages(conversations, numbers, history);
  const { publicUrl, sessionSecret } = config;

  const app = express();
  app.set("trust proxy", config.trustProxy);
  app.set("views", [viewsDir]);
  app.engine("ejs", (path, locals, done) => {
    ejs.renderFile(path, locals as ejs.Data).then((html) => done(null, html), done);
  });
  app.set("view engine", "ejs");
  app.set("view cache", true);
  app.disable("x-powered-by");
  Object.assign(app.locals, viewLocals, { assetVersion: assetVersion() });

  app.use(securityHeaders(publicUrl));
  app.use(allowedHosts(publicUrl));
  app.get("/healthz", new HealthController().show);
  app.get("/readyz", new ReadinessController(store).show);
  app.use(
    webhookRoutes(
      {
        inboundMessages: new InboundMessagesController(messages),
        messageStatuses: new MessageStatusesController(messages),
      },
      { accounts, verify: verifySignature, publicUrl },
    ),
  );
  app.use(express.static(publicDir, { index: false, maxAge: "1h" }));
  app.use(express.urlencoded({ extended: false, limit: "256kb" }));
  app.use(sessions({ secret: sessionSecret, store: store.sessions, publicUrl }));
  app.use(pages);
  app.use(csrf);
  app.use(
    pageRoutes(
      {
        conversations: new ConversationsController(chat, messages),
        events: new EventsController(live),
        messages: new MessagesController(messages, chat),
        numbers: new NumbersController(numbers),
        readings: new ReadingsController(conversations),
        sessions: new SessionsController(accounts),
        targets: new TargetsController(targets, chat),
      },
      accounts,
      store.events,
    ),
  );
  app.use(notFound);
  app.use(errors(report));
  return app;
}

// A new build has a new address, so that browsers may keep the old one.
function assetVersion(): string {
  return Math.round(statSync(join(publicDir, "assets", "app.js")).mtimeMs).toString(36);
}
