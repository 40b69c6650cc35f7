import type { RequestHandler } from "express";
import * as z from "zod";
import { NotFound } from "../../models/errors.ts";
import type { Media } from "../../models/chat/media.ts";
import { fileNameOf, isShownInline, mediaKind, servedType } from "../../models/chat/mediaTypes.ts";
import type { MediaPart } from "../../models/types.ts";
import { accountSidOf } from "../request.ts";

const address = z.object({
  message: z.string().max(100),
  position: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number),
});

/** Pictures and files of messages, which come from strangers: whatever they are, nothing in them may run here. */
export class MediaController {
  readonly #media: Media;

  constructor(media: Media) {
    this.#media = media;
  }

  show: RequestHandler = async (request, response, next) => {
    const { data } = address.safeParse(request.params);
    if (!data) throw new NotFound();
    const { part, path } = await this.#media.open(accountSidOf(request), data.message, data.position);
    response.set(headersOf(part, data.position));
    // Somewhere above DATA_DIR a folder's name may begin with a dot. What is aborted needs no answer.
    response.sendFile(path, { dotfiles: "allow", cacheControl: false, lastModified: false }, (error) => {
      if (error && !response.headersSent) next(new NotFound());
    });
  };
}

// What a browser shows by itself it puts into a page of its own, which has a style. One that plays asks for the same address
// again, as the page that it is; scripts run in none.
const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
const playerPolicy = `${policy} allow-same-origin; media-src 'self'`;

function headersOf({ sid, contentType }: MediaPart, position: number): Record<string, string> {
  const disposition = isShownInline(contentType) ? "inline" : "attachment";
  return {
    "Content-Type": servedType(contentType),
    "Content-Disposition": `${disposition}; filename="${fileNameOf(contentType, position)}"`,
    "Content-Security-Policy": ["audio", "video"].includes(mediaKind(contentType)) ? playerPolicy : policy,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600",
    ETag: `"${sid}"`,
  };
}
