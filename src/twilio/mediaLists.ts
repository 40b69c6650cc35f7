import * as z from "zod";
import { contentTypeOf } from "../models/chat/mediaTypes.ts";
import { TwilioRefused } from "../models/errors.ts";
import type { Credentials, MediaPart } from "../models/types.ts";
import { calling } from "./failures.ts";
import { readPage } from "./rawPages.ts";
import type { SdkFactory } from "./sdk.ts";

const notFound = 20404;

const entry = z.object({
  sid: z.string().regex(/^ME[0-9a-f]{32}$/),
  content_type: z.string().catch(""),
});

export class MediaCalls {
  readonly #sdk: SdkFactory;

  constructor(sdk: SdkFactory) {
    this.#sdk = sdk;
  }

  /** Empty also when Twilio has no such message. */
  async list(credentials: Credentials, messageSid: string): Promise<MediaPart[]> {
    const { accountSid } = credentials;
    const uri = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${messageSid}/Media.json`;
    try {
      return await calling("read", async () => {
        const answer: unknown = await this.#sdk(credentials).request({ method: "get", uri });
        const { entries } = readPage(answer, "media_list");
        return entries.map((raw) => entry.parse(raw)).map(toPart);
      });
    } catch (error) {
      if (error instanceof TwilioRefused && error.code === notFound) return [];
      throw error;
    }
  }
}

function toPart({ sid, content_type }: z.infer<typeof entry>): MediaPart {
  return { sid, contentType: contentTypeOf(content_type) };
}
