import type { Request, RequestHandler, Response } from "express";
import * as z from "zod";
import { turboStreamType } from "../helpers/turboStream.ts";
import { publicSessionId } from "../models/account/sessionIds.ts";
import type { EventSink, Live } from "../models/live.ts";
import { accountSidOf } from "./request.ts";

// What no page can have leads to a refresh, as a cursor does that is too old.
const noCursor = -1;
const cursor = z.string().regex(/^\d+$/).transform(Number).pipe(z.int()).catch(noCursor);
const mostUnreadBytes = 4 * 1024 * 1024;

/** The live stream of an account, for one browser; its tabs share it. */
export class EventsController {
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  index: RequestHandler = async (request, response) => {
    // The page asks by itself, whether or not anybody is there.
    request.session.isUnattended = true;
    const after = cursor.parse(request.get("last-event-id") ?? request.query.after);
    if (request.get("accept")?.includes("text/event-stream")) await this.#stream(request, response, after);
    else await this.#catchUp(request, response, after);
  };

  async #catchUp(request: Request, response: Response, after: number): Promise<void> {
    const missed = await this.#live.replay(accountSidOf(request), after);
    response.set("X-Cursor", String(missed.cursor)).type(turboStreamType).send(missed.html);
  }

  async #stream(request: Request, response: Response, after: number): Promise<void> {
    // The browser may have gone while its session was looked up, and would never be heard to go.
    if (response.destroyed) return;
    response
      .set({
        "Content-Type": "text/event-stream",
        // A proxy that compresses would hold every event back until its buffer is full.
        "Cache-Control": "no-store, no-transform",
        // nginx heeds this instead.
        "Content-Encoding": "identity",
        "X-Accel-Buffering": "no",
        Connection: "keep-alive",
      })
      .flushHeaders();
    const gone = new Promise((resolve) => response.once("close", resolve));
    const watcher = { accountSid: accountSidOf(request), sessionId: publicSessionId(request.sessionID) };
    const close = await this.#live.open(watcher, after, sinkOf(response));
    void gone.then(close);
  }
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
