import { join } from "node:path";
import ejs from "ejs";
import express, { Router, type RequestHandler } from "express";
import { text } from "../api/format.ts";
import type { World } from "../world/world.ts";
import { handsetPage } from "./page.ts";

const views = join(import.meta.dirname, "../../../views/sandbox");
const assets = join(import.meta.dirname, "../../../public/assets");
const policy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; form-action 'self'";

/** The page where you are the customer: pick a phone, text a Twilio number, see what arrives. */
export function handsetRoutes(world: World): Router {
  const router = Router();
  router.use("/assets", express.static(assets));
  router.get("/", async (request, response) => {
    const page = handsetPage(world, request.query);
    response.set({ "Content-Security-Policy": policy, "Cache-Control": "no-store" });
    response.type("html").send(await ejs.renderFile(join(views, "handset.ejs"), page, { cache: true }));
  });
  router.post("/handset/messages", ownForm, express.urlencoded({ extended: false }), (request, response) => {
    const form = request.body as Record<string, unknown>;
    const [account, from, to, body] = [
      text(form.account),
      text(form.from),
      text(form.to),
      text(form.body).replace(/\r\n/g, "\n"),
    ];
    const owner = world.accounts.get(account);
    if (owner?.numberFor(to) && from && body.trim())
      void world.phoneTexts({ from, to, body: body.slice(0, 1600) });
    response.redirect(303, `/?${new URLSearchParams({ account, phone: from, number: to }).toString()}`);
  });
  router.post("/handset/phones", ownForm, express.urlencoded({ extended: false }), (request, response) => {
    const form = request.body as Record<string, unknown>;
    const [sid, name, phoneNumber] = [
      text(form.account),
      text(form.name).slice(0, 40),
      text(form.phoneNumber).replace(/[^\d+]/g, ""),
    ];
    const account = world.accounts.get(sid);
    const valid = /^\+\d{6,15}$/.test(phoneNumber);
    if (account && valid) account.phones.push({ name: name || phoneNumber, phoneNumber });
    response.redirect(
      303,
      `/?${new URLSearchParams({ account: sid, ...(valid ? { phone: phoneNumber } : { fault: "phone" }) }).toString()}`,
    );
  });
  router.get("/handset/events", (_request, response) => {
    response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store" }).flushHeaders();
    const refresh = () => response.write('data: <turbo-stream action="refresh"></turbo-stream>\n\n');
    world.events.on("message", refresh).on("delivery", refresh);
    response.on("close", () => world.events.off("message", refresh).off("delivery", refresh));
  });
  return router;
}

/** Another site's page must not be able to text in our name. */
const ownForm: RequestHandler = (request, response, next) => {
  const site = request.get("sec-fetch-site");
  if (site === undefined || site === "same-origin") return next();
  response.status(403).type("text/plain").send("This form came from another site.\n");
};
