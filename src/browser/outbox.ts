import { renderStreamMessage } from "@hotwired/turbo";

export type Outcome =
  | { kind: "sent" }
  | {
      kind: "unsent";
      /** A sentence for the person who wrote it. */
      reason: string;
      /** The page that sent it is out of date. */
      stale: boolean;
    };

const longestMs = 30_000;
let last: Promise<unknown> = Promise.resolve();

/** Posts one form after the other, so that messages keep the order in which they were written. */
export function post(action: string, fields: FormData): Promise<Outcome> {
  const outcome = last.then(() => postNow(action, fields));
  last = outcome;
  return outcome;
}

async function postNow(action: string, fields: FormData): Promise<Outcome> {
  // Forms that the live stream has drawn know no token, and one of an old page may have changed.
  fields.delete("_csrf");
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  const body = new URLSearchParams([...fields].map(([name, value]) => [name, value as string]));
  try {
    const answer = await fetch(action, {
      method: "POST",
      body,
      headers: { Accept: "text/vnd.turbo-stream.html, text/html", "X-CSRF-Token": token },
      redirect: "manual",
      // The page may be left while this is on its way.
      keepalive: true,
      signal: AbortSignal.timeout(longestMs),
    });
    return await read(answer);
  } catch {
    return unsent("Parley cannot be reached. Your text is still here; try again when you are back online.");
  }
}

async function read(answer: Response): Promise<Outcome> {
  if (answer.ok && answer.headers.get("content-type")?.startsWith("text/vnd.turbo-stream.html")) {
    renderStreamMessage(await answer.text());
    return { kind: "sent" };
  }
  if (answer.type === "opaqueredirect")
    return unsent("You are signed out. Your text is kept: sign in again, and send it from this page.");
  if (answer.status >= 500)
    return unsent(
      "Parley could not take your message just now. Your text is still here; try again in a moment.",
    );
  if (answer.status === 403)
    return unsent("This page had been open for too long. It is up to date now: send your text again.", true);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = page.querySelector('[role="alert"]')?.textContent.trim();
  return unsent(said || "Parley did not take this message. Your text is still here.");
}

function unsent(reason: string, stale = false): Outcome {
  return { kind: "unsent", reason, stale };
}
