import { Router } from "express";
import { methodNotAllowed } from "../../http/errors.ts";
import { sendProductPage } from "../../http/paging.ts";
import { foundService } from "./services.ts";

/** The short codes that a Messaging Service sends from; the sandbox has none. */
export function shortCodeRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router
    .route("/messaging/v1/Services/:service/ShortCodes")
    .get((request, response) => {
      foundService(request, response);
      sendProductPage(request, response, "short_codes", [], (code) => code);
    })
    .all(methodNotAllowed);
  return router;
}
