import { Router } from "express";
import { methodNotAllowed } from "../../http/errors.ts";
import { sendProductPage } from "../../http/paging.ts";
import { foundService } from "./services.ts";

/** Brands and campaigns for texting to the United States; the sandbox registers none, so the lists are empty. */
export function registrationRoutes(): Router {
  const router = Router({ caseSensitive: true });
  router
    .route("/messaging/v1/Services/:service/Compliance/Usa2p")
    .get((request, response) => {
      foundService(request, response);
      sendProductPage(request, response, "compliance", [], (campaign) => campaign);
    })
    .all(methodNotAllowed);
  router
    .route("/messaging/v1/a2p/BrandRegistrations")
    .get((request, response) => sendProductPage(request, response, "data", [], (brand) => brand))
    .all(methodNotAllowed);
  return router;
}
