import { Router, type Response } from "express";
import type { World } from "../world/world.ts";
import { samplePicture } from "./samples.ts";

/** The pictures of messages, and those to choose from. */
export function handsetPictures(world: World): Router {
  const router = Router();
  router.get("/samples/:name", ({ params }, response) => {
    const content = samplePicture(params.name);
    if (content) response.type("image/png").send(content);
    else response.status(404).end();
  });
  router.get("/media/:account/:message/:media", ({ params }, response) => {
    const message = world.accounts.get(params.account)?.log.find(params.message);
    const media = message?.media.find(({ sid }) => sid === params.media);
    if (media) sendForeign(response, media.contentType, media.content);
    else response.status(404).end();
  });
  return router;
}

// Somebody else made it: it may be looked at, but must not run as a page of ours.
function sendForeign(response: Response, contentType: string, content: Buffer): void {
  response.set({
    "Content-Type": contentType,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": contentType.startsWith("image/") ? "inline" : "attachment",
  });
  response.send(content);
}
