import { setTimeout as wait } from "node:timers/promises";
import express, { Router, type RequestHandler } from "express";
import { text } from "../api/format.ts";
import type { World } from "../world/world.ts";
import { faultFrom } from "./faultMenu.ts";
import type { News } from "./news.ts";
import { backTo } from "./place.ts";

type Form = Record<string, unknown>;

const longestText = 1_600;
const longestReplayMs = 2_000;

/** What the buttons of the handset page do. Every form names the page it came from, and leads back there. */
export function handsetForms(world: World, news: News): Router {
  const router = Router();
  router.use(ownForm, express.urlencoded({ extended: false }));
  router.post("/messages", (request, response) => {
    const form = request.body as Form;
    const [from, to, body] = [text(form.from), text(form.to), text(form.body).replace(/\r\n/g, "\n")];
    if (world.ownerOf(to) && from && body.trim())
      void world.phoneTexts({ from, to, body: body.slice(0, longestText) });
    response.redirect(303, backTo(form.back));
  });
  router.post("/phones", (request, response) => {
    const form = request.body as Form;
    const phoneNumber = text(form.phoneNumber).replace(/[^\d+]/g, "");
    if (!/^\+\d{6,15}$/.test(phoneNumber)) return response.redirect(303, backTo(form.back, "phone"));
    const account = world.accounts.get(text(form.account));
    const name = text(form.name).trim().slice(0, 40);
    const known = account?.phones.find((phone) => phone.phoneNumber === phoneNumber);
    if (known) known.name = name || known.name;
    else account?.phones.push({ name, phoneNumber });
    response.redirect(
      303,
      `/?${new URLSearchParams({ account: account?.sid ?? "", phone: phoneNumber }).toString()}`,
    );
  });
  router.post("/faults", (request, response) => {
    const form = request.body as Record<string, string>;
    const fault = faultFrom(form);
    if (fault) world.faults.add(fault);
    news.tell();
    response.redirect(303, backTo(form.back));
  });
  router.post("/removals", (request, response) => {
    const form = request.body as Form;
    if (form.fault === undefined) world.faults.reset();
    else world.faults.remove(text(form.fault));
    news.tell();
    response.redirect(303, backTo(form.back));
  });
  router.post("/replays", async (request, response) => {
    const form = request.body as Form;
    // Most apps answer in time to be seen in the log that comes back; nobody waits for one that hangs.
    await Promise.race([world.replay(text(form.call)), wait(longestReplayMs)]);
    response.redirect(303, backTo(form.back));
  });
  return router;
}

/** Another site's page must not be able to act in our name. */
const ownForm: RequestHandler = (request, response, next) => {
  const site = request.get("sec-fetch-site");
  if (site === undefined || site === "same-origin") return next();
  response.status(403).type("text/plain").send("This form came from another site.\n");
};
