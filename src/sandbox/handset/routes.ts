import { randomBytes } from "node:crypto";
import { join } from "node:path";
import ejs from "ejs";
import express, { Router } from "express";
import type { World } from "../world/world.ts";
import { handsetActions } from "./actions.ts";
import { Changes } from "./changes.ts";
import { handsetPage } from "./page.ts";
import { handsetPictures } from "./pictures.ts";

const here = import.meta.dirname;
const view = join(here, "views/handset.ejs");

/** The page where you are the customer: pick a phone, text a Twilio number, see what arrives and what is said behind the scenes. */
export function handsetRoutes(world: World): Router {
  const router = Router();
  const changes = new Changes(world);
  router.use("/assets", express.static(join(here, "assets")));
  router.get("/icon.svg", (_request, response) => response.sendFile(join(here, "icon.svg")));
  router.get("/", async (request, response) => {
    const nonce = randomBytes(16).toString("base64");
    const page = { changes: changes.count, ...handsetPage(world, request.query), nonce };
    response.set({ "Content-Security-Policy": policyWith(nonce), "Cache-Control": "no-store" });
    response.type("html").send(await ejs.renderFile(view, page, { cache: true }));
  });
  router.get("/handset/events", (_request, response) => changes.stream(response));
  router.use("/handset", handsetPictures(world));
  router.use("/handset", handsetActions(world, changes));
  return router;
}

// Turbo's progress bar is a style element of its own, which carries the nonce.
function policyWith(nonce: string): string {
  return `default-src 'self'; img-src 'self' data:; style-src 'self' 'nonce-${nonce}'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'`;
}
