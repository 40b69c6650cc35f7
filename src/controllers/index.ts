import type { Models } from "../models/index.ts";
import type { Live } from "../models/live.ts";
import { EverySessionController } from "./account/everySessionController.ts";
import { ExportsController } from "./account/exportsController.ts";
import { LogoutsController } from "./account/logoutsController.ts";
import { RestoresController } from "./account/restoresController.ts";
import { SessionsController } from "./account/sessionsController.ts";
import { SignOutsController } from "./account/signOutsController.ts";
import { ConversationsController } from "./chat/conversationsController.ts";
import { MediaController } from "./chat/mediaController.ts";
import { MessagesController } from "./chat/messagesController.ts";
import { ReadingsController } from "./chat/readingsController.ts";
import { SearchesController } from "./chat/searchesController.ts";
import { TargetsController } from "./chat/targetsController.ts";
import { EventsController } from "./eventsController.ts";
import { HealthController } from "./healthController.ts";
import { AccountNumbersController } from "./numbers/accountNumbersController.ts";
import { AvailableNumbersController } from "./numbers/availableNumbersController.ts";
import { PurchasesController } from "./numbers/purchasesController.ts";
import { provenForMs } from "./provenSession.ts";
import { MetricsController, type Measurements } from "./metricsController.ts";
import { ReadinessController, type Draining, type Storage } from "./readinessController.ts";
import { InboundMessagesController } from "./webhooks/inboundMessagesController.ts";
import { MessageStatusesController } from "./webhooks/messageStatusesController.ts";

export type Controllers = ReturnType<typeof createControllers>;

export interface ControllerOptions {
  store: Storage;
  draining: Draining;
  /** How long after a sign-in money may be spent without typing the Auth Token again; ten minutes by default. */
  provenForMs?: number | undefined;
  measurements?: Measurements | undefined;
}

/** Every controller, made once, under the name that the table of addresses (helpers/paths) knows it by. */
export function createControllers(models: Models, live: Live, options: ControllerOptions) {
  return {
    accountNumbers: new AccountNumbersController(models.numbers),
    availableNumbers: new AvailableNumbersController(models.numbers),
    conversations: new ConversationsController(models),
    everySession: new EverySessionController(models.sessions),
    events: new EventsController(live),
    exports: new ExportsController(models),
    health: new HealthController(),
    inboundMessages: new InboundMessagesController(models.messages),
    logouts: new LogoutsController(models),
    media: new MediaController(models.media),
    messages: new MessagesController(models),
    metrics: new MetricsController(options.measurements),
    messageStatuses: new MessageStatusesController(models.messages),
    purchases: new PurchasesController(models, options.provenForMs ?? provenForMs),
    readiness: new ReadinessController(options.store, options.draining),
    readings: new ReadingsController(models.conversations),
    restores: new RestoresController(models),
    searches: new SearchesController(models),
    sessions: new SessionsController(models),
    signOuts: new SignOutsController(models.sessions),
    targets: new TargetsController(models),
  };
}
