import type { RequestHandler, Response } from "express";
import { z } from "zod";
import type { EventSink, Live } from "../models/live.ts";
import { accountSidOf } from "./request.ts";

const cursor = z.coerce.number().int().min(0).catch(0);
const mostUnreadBytes = 4 * 1024 * 1024;

/** The live stream of an account, for one browser; its tabs share it. */
export class EventsController {
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  index: RequestHandler = async (request, response) => {
    const accountSid = accountSidOf(request);
    const after = cursor.parse(request.get("last-event-id") ?? request.query.after);
    if (!request.get("accept")?.includes("text/event-stream")) {
      const missed = await this.#live.replay(accountSid, after);
      return void response
        .set("X-Cursor", String(missed.cursor))
        .type("text/vnd.turbo-stream.html")
        .send(missed.html);
    }
    response
      .set({ "Content-Type": "text/event-stream", "X-Accel-Buffering": "no", Connection: "keep-alive" })
      .flushHeaders();
    const gone = new Promise((resolve) => response.once("close", resolve));
    const close = await this.#live.open(accountSid, after, sinkOf(response));
    void gone.then(close);
  };
}

// A browser that stopped reading is cut off; it comes back with its cursor.
function sinkOf(response: Response): EventSink {
  return {
    write(text) {
      if (response.writableLength > mostUnreadBytes) response.destroy();
      else response.write(text);
    },
    end: () => void response.end(),
  };
}
