import { setTimeout as wait } from "node:timers/promises";
import type { RequestHandler, Response } from "express";
import { z } from "zod";
import { paths } from "../../helpers/paths.ts";
import { Invalid, ParleyError } from "../../models/errors.ts";
import type { Messages, Sending } from "../../models/chat/messages.ts";
import type { Pair } from "../../models/types.ts";
import type { ChatPages } from "./chatPage.ts";
import { accountSidOf, field, pairOf } from "../request.ts";

// Browsers end every line of a form's text with CR LF; a text message has LF.
const body = field.transform((text) => text.replace(/\r\n?/g, "\n"));
const form = z.object({ body, formId: z.string().regex(/^[\w-]{8,80}$/) });
const plainFormWaitsMs = 8_000;

export class MessagesController {
  readonly #messages: Messages;
  readonly #pages: ChatPages;

  constructor(messages: Messages, pages: ChatPages) {
    this.#messages = messages;
    this.#pages = pages;
  }

  create: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    const pair = pairOf(request);
    const typed = (request.body ?? {}) as { body?: unknown };
    const text = body.parse(typed.body);
    try {
      const sending = await this.#messages.send(accountSid, { ...pair, ...complete(typed) });
      if (request.accepts(["text/html", "text/vnd.turbo-stream.html"]) && isLive(request.get("accept"))) {
        return void response
          .status(201)
          .type("text/vnd.turbo-stream.html")
          .render("chat/messages/create", drawn(sending, pair));
      }
      await settled(sending);
      response.redirect(303, paths.conversation(pair));
    } catch (error) {
      await this.#refuse(response, error, { accountSid, pair, text });
    }
  };

  async #refuse(
    response: Response,
    error: unknown,
    typed: { accountSid: string; pair: Pair; text: string },
  ): Promise<void> {
    if (!(error instanceof ParleyError) || error.status === 404) throw error;
    const page = await this.#pages.build(typed.accountSid, typed.pair);
    response.locals.alerts = [{ kind: "danger", message: error.message }];
    response.status(error.status).render("chat/conversations/show", { ...page, text: typed.text });
  }
}

function complete(typed: object): z.infer<typeof form> {
  const parsed = form.safeParse(typed);
  if (!parsed.success) throw new Invalid("A part of this form got lost. Send your message again.");
  return parsed.data;
}

function isLive(accept: string | undefined): boolean {
  return accept?.includes("text/vnd.turbo-stream.html") ?? false;
}

function drawn({ message }: Sending, pair: Pair) {
  return { message, pair };
}

// Without JavaScript the next page is all that tells how it went, so it is worth a wait.
async function settled({ delivered }: Sending): Promise<void> {
  const tooLong = new AbortController();
  const limit = wait(plainFormWaitsMs, undefined, { signal: tooLong.signal }).catch(() => undefined);
  await Promise.race([delivered, limit]);
  tooLong.abort();
}
