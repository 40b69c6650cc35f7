import { setTimeout as wait } from "node:timers/promises";
import express, { Router, type ErrorRequestHandler } from "express";
import { text } from "../http/format.ts";
import { inBackground } from "../world/background.ts";
import type { World } from "../world/world.ts";
import { ownSite } from "../http/ownSite.ts";
import { faultFrom } from "./faultMenu.ts";
import type { Changes } from "./changes.ts";
import { backTo } from "./location.ts";
import { formOf, picturesIn, readUpload, UnusablePicture } from "./uploads.ts";

type Form = Record<string, unknown>;

const longestText = 1_600;
const longestReplayMs = 2_000;

/** What the buttons of the handset page do. Every form names the page it came from, and leads back there. */
export function handsetActions(world: World, changes: Changes): Router {
  const router = Router();
  router.use(ownSite, express.urlencoded({ extended: false }));
  router.post("/messages", readUpload, async (request, response) => {
    const form = await formOf(request);
    const field = (name: string) => text(form.get(name));
    const [from, to, body] = [field("from"), field("to"), field("body").replace(/\r\n/g, "\n")];
    const media = await picturesIn(form);
    if (world.ownerOf(to) && from && (body.trim() || media.length > 0))
      inBackground(world.phoneTexts({ from, to, body: body.slice(0, longestText), media }));
    response.redirect(303, backTo(field("back")));
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
    changes.tell();
    response.redirect(303, backTo(form.back));
  });
  router.post("/removals", (request, response) => {
    const form = request.body as Form;
    if (form.fault === undefined) world.faults.reset();
    else world.faults.remove(text(form.fault));
    changes.tell();
    response.redirect(303, backTo(form.back));
  });
  router.post("/replays", async (request, response) => {
    const form = request.body as Form;
    // Most apps answer in time to be seen in the log that comes back; nobody waits for one that hangs.
    await Promise.race([world.replay(text(form.call)), wait(longestReplayMs)]);
    response.redirect(303, backTo(form.back));
  });
  router.use(unusablePicture);
  return router;
}

const unusablePicture: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const tooLarge = (error as { status?: number }).status === 413;
  if (!tooLarge && !(error instanceof UnusablePicture)) return next(error);
  // What came before the picture may not have been read, so the browser has to say where it was.
  const { pathname, search } = new URL(request.get("referer") ?? "/", "http://handset");
  response.redirect(303, backTo(pathname + search, "picture"));
};
