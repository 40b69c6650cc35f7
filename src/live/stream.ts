import type { EventSink, Replay } from "../models/live.ts";

const heartbeatMs = 15_000;

export interface Stream {
  /** Sends what was missed, then everything that came meanwhile. */
  begin(missed: Replay): void;
  send(event: Replay): void;
  /** Sends at once, whatever waits. */
  say(event: { html: string; cursor?: number | undefined }): void;
  /** Ends because there are too many, and asks the page not to come back by itself. */
  dismiss(): void;
  end(): void;
}

/** Server-Sent Events to one browser: the id is the cursor to come back with, the data are Turbo Streams. */
export function openStream(sink: EventSink, after: number): Stream {
  let waiting: Replay[] | undefined = [];
  let cursor = after;
  let ended = false;
  const heartbeat = setInterval(() => sink.write(": still here\n\n"), heartbeatMs);

  function write(event: Replay): void {
    if (ended) return;
    cursor = event.cursor;
    sink.write(format(event));
  }
  function send(event: Replay): void {
    if (waiting) waiting.push(event);
    else if (event.cursor > cursor) write(event);
  }
  function end(): void {
    ended = true;
    clearInterval(heartbeat);
    sink.end();
  }
  return {
    begin(missed) {
      const held = waiting ?? [];
      waiting = undefined;
      write(missed);
      held.forEach(send);
    },
    send,
    say: ({ html, cursor: at = cursor }) => write({ html, cursor: at }),
    dismiss() {
      if (!ended) sink.write("event: dismissed\ndata:\n\n");
      end();
    },
    end,
  };
}

/** One event of the stream. A line ends at CR, LF or both, and what follows it would be a field of its own. */
export function format({ html, cursor }: Replay): string {
  const data = html.split(/\r\n|\r|\n/).map((line) => `data: ${line}`);
  return [`id: ${cursor}`, ...data, "", ""].join("\n");
}
