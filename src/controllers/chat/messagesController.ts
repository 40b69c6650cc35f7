import { setTimeout as wait } from "node:timers/promises";
import type { Request, RequestHandler, Response } from "express";
import * as z from "zod";
import { paths } from "../../helpers/paths.ts";
import { turboStreamType } from "../../helpers/turboStream.ts";
import type { Messages, Sending } from "../../models/chat/messages.ts";
import { publicSessionId } from "../../models/account/sessionIds.ts";
import { Invalid } from "../../models/errors.ts";
import { refuse } from "../refuse.ts";
import { accountSidOf, longField, pairOf } from "../request.ts";
import { chatPage } from "./chatPage.ts";
import type { ChatModels } from "./chatParts.ts";

// Browsers end every line of a form's text with CR LF; a text message has LF.
const body = longField.transform((text) => text.replace(/\r\n?/g, "\n"));
const form = z.object({ body, formId: z.string().regex(/^[\w-]{8,80}$/) });
const plainFormWaitsMs = 8_000;

export class MessagesController {
  readonly #models: ChatModels & { messages: Messages };

  constructor(models: ChatModels & { messages: Messages }) {
    this.#models = models;
  }

  create: RequestHandler = async (request, response) => {
    const pair = pairOf(request);
    try {
      const sessionId = publicSessionId(request.sessionID);
      const sent = { ...pair, ...complete(request.body), sessionId };
      await answer(request, response, await this.#models.messages.send(accountSidOf(request), sent));
    } catch (error) {
      await refuse(response, error, () => this.#showAgain(request, response));
    }
  };

  async #showAgain(request: Request, response: Response): Promise<void> {
    const page = await chatPage(this.#models, accountSidOf(request), pairOf(request));
    const { body: text } = form.pick({ body: true }).parse(request.body ?? {});
    response.render("chat/conversations/show", { ...page, text });
  }
}

function complete(typed: unknown): z.infer<typeof form> {
  const parsed = form.safeParse(typed);
  if (!parsed.success) throw new Invalid("A part of this form got lost. Send your message again.");
  return parsed.data;
}

async function answer(request: Request, response: Response, sending: Sending): Promise<void> {
  const pair = pairOf(request);
  if (request.get("accept")?.includes(turboStreamType)) {
    response.status(201).type(turboStreamType);
    return response.render("chat/messages/create", { message: sending.message, pair });
  }
  await settled(sending);
  response.redirect(303, paths.conversation(pair));
}

// Without JavaScript the next page is all that tells how it went, so it is worth a wait.
async function settled({ delivered }: Sending): Promise<void> {
  const tooLong = new AbortController();
  const limit = wait(plainFormWaitsMs, undefined, { signal: tooLong.signal }).catch(() => undefined);
  await Promise.race([delivered, limit]);
  tooLong.abort();
}
