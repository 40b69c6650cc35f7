import { setTimeout as wait } from "node:timers/promises";
import express, { Router, type ErrorRequestHandler, type Request, type Response } from "express";
import { text } from "../http/format.ts";
import { multipartOf } from "../http/forms.ts";
import { ownSite } from "../http/ownSite.ts";
import { readAddress } from "../world/addresses.ts";
import { inBackground } from "../world/background.ts";
import type { World } from "../world/world.ts";
import type { Changes } from "./changes.ts";
import { faultFrom } from "./faultMenu.ts";
import { backTo, pathTo } from "./location.ts";
import { picturesIn, readUpload, UnusablePicture } from "./uploads.ts";

type Form = Record<string, unknown>;
type Act = (world: World, form: Form) => void | Promise<unknown>;

const longestText = 1_600;
const longestName = 40;
const longestReplayMs = 2_000;

/** What the buttons of the handset page do. Every form names the page it came from, and leads back there. */
export function handsetActions(world: World, changes: Changes): Router {
  const router = Router();
  const then = (act: Act) => async (request: Request, response: Response) => {
    const form = request.body as Form;
    await act(world, form);
    changes.tell();
    response.redirect(303, backTo(form.back));
  };
  router.use(ownSite, express.urlencoded({ extended: false }));
  router.post("/messages", readUpload, (request, response) => sendText(world, request, response));
  router.post("/phones", (request, response) => addPhone(world, request.body as Form, response));
  router.post("/faults", then(addFault));
  router.post("/removals", then(removeFaults));
  router.post("/replays", then(replay));
  router.use(unusablePicture);
  return router;
}

async function sendText(world: World, request: Request, response: Response): Promise<void> {
  const form = await multipartOf(request);
  const field = (name: string) => text(form.get(name));
  const [from, to, body] = [field("from"), field("to"), field("body").replace(/\r\n/g, "\n")];
  const media = await picturesIn(form);
  if (world.ownerOf(to) && from && (body.trim() || media.length > 0))
    inBackground(world.phoneTexts({ from, to, body: body.slice(0, longestText), media }));
  response.redirect(303, backTo(field("back")));
}

function addPhone(world: World, form: Form, response: Response): void {
  const phoneNumber = readAddress(text(form.phoneNumber));
  if (phoneNumber === undefined) return response.redirect(303, backTo(form.back, "phone"));
  const account = world.accounts.get(text(form.account));
  const name = text(form.name).trim().slice(0, longestName);
  const known = account?.phones.find((phone) => phone.phoneNumber === phoneNumber);
  if (known) known.name = name || known.name;
  else account?.phones.push({ name, phoneNumber });
  response.redirect(303, pathTo({ account: account?.sid ?? "", phone: phoneNumber }));
}

const addFault: Act = (world, form) => {
  const fault = faultFrom(form as Record<string, string>);
  if (fault) world.faults.add(fault);
};

const removeFaults: Act = (world, form) => {
  if (form.fault === undefined) world.faults.reset();
  else world.faults.remove(text(form.fault));
};

// Most apps answer in time to be seen in the log that comes back; nobody waits for one that hangs.
const replay: Act = (world, form) => Promise.race([world.replay(text(form.call)), wait(longestReplayMs)]);

const unusablePicture: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const tooLarge = (error as { status?: number }).status === 413;
  if (!tooLarge && !(error instanceof UnusablePicture)) return next(error);
  // What came before the picture may not have been read, so the browser has to say where it was.
  const { pathname, search } = new URL(request.get("referer") ?? "/", "http://handset");
  response.redirect(303, backTo(pathname + search, "picture"));
};
