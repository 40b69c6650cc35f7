/** What a Turbo Stream answer calls itself. */
export const turboStreamType = "text/vnd.turbo-stream.html";

/** One change to an open page: what to do with which element, and the HTML to do it with. */
export function turboStream(action: string, target = "", html = ""): string {
  return `<turbo-stream action="${action}" target="${target}"><template>${html}</template></turbo-stream>`;
}
