/** "api", "pricing", …: whose host it is. */
export function productOf(uri: string): string {
  return new URL(uri).hostname.split(".")[0] ?? "api";
}

/** The path, with all but the end of an Account SID left out. */
export function shortened(uri: string): string {
  return new URL(uri).pathname.replace(/AC[0-9a-f]{26}/g, "AC…");
}

/** The same at another Twilio-compatible API, whose products are folders of one host. */
export function redirected(uri: string, apiUrl: string): string {
  const { pathname, search } = new URL(uri);
  const product = productOf(uri);
  return apiUrl + (product === "api" ? "" : `/${product}`) + pathname + search;
}
