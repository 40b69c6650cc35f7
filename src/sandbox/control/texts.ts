import { Router } from "express";
import * as z from "zod";
import { fetchPicture, mostMedia } from "../world/media.ts";
import type { NewMedia } from "../world/newMessage.ts";
import type { World } from "../world/world.ts";
import { ControlError, parsed } from "./input.ts";

const longestFetchMs = 10_000;

const picture = z.union(
  [
    z.strictObject({ url: z.url({ protocol: /^https?$/ }) }),
    z.strictObject({ contentType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), base64: z.base64() }),
  ],
  "either a url, or a contentType such as image/png with base64",
);
const textSchema = z
  .strictObject({
    from: z.string().min(1).max(200),
    to: z.string().min(1).max(200),
    body: z.string().max(1_600).default(""),
    media: z.array(picture).max(mostMedia).default([]),
    form: z.record(z.string(), z.string().nullable()).optional(),
    webhook: z.boolean().default(true),
  })
  .refine(({ body, media, form }) => body !== "" || media.length > 0 || form !== undefined, {
    path: ["body"],
    message: "a text without words needs media or form fields",
  });

/** Somebody texts one of the accounts' numbers. */
export function textRoutes(world: World): Router {
  const router = Router();
  router.post("/texts", async (request, response) => {
    const { media, form, webhook, ...text } = parsed(textSchema, request);
    const owner = world.ownerOf(text.to);
    if (!owner) throw new ControlError(400, `No account owns ${text.to}`);
    const { message, delivery } = await world.phoneTexts({
      ...text,
      media: await Promise.all(media.map(contentOf)),
      webhookFields: form,
      untold: !webhook,
    });
    const logged = owner.log.find(message.sid) !== undefined;
    response.status(201).json({ sid: logged ? message.sid : null, webhookStatus: delivery?.status ?? null });
  });
  return router;
}

async function contentOf(given: z.infer<typeof picture>): Promise<NewMedia> {
  if ("base64" in given)
    return { contentType: given.contentType, content: Buffer.from(given.base64, "base64") };
  const fetched = await fetchPicture(given.url, AbortSignal.timeout(longestFetchMs));
  if (typeof fetched === "number") throw new ControlError(400, `${given.url} gives no picture (${fetched})`);
  return fetched;
}
