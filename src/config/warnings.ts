import { isLoopback } from "./loopback.ts";

/** What of the configuration strangers meet first. */
export interface Exposure {
  publicUrl: string | undefined;
  allowedAccounts: string[] | undefined;
  databaseUrl: string | undefined;
  twilioApiUrl: string | undefined;
  trustProxy: boolean | number | string | undefined;
}

/** What works, but should be thought about before strangers can reach this server; in sentences. */
export function warnings(config: Exposure): string[] {
  const { publicUrl, allowedAccounts, databaseUrl, twilioApiUrl, trustProxy } = config;
  const found: string[] = [];
  if (publicUrl !== undefined && !isLoopback(publicUrl) && allowedAccounts === undefined)
    found.push("ALLOWED_ACCOUNTS is not set: anybody with any Twilio account may sign in here.");
  for (const [name, url] of Object.entries({ PUBLIC_URL: publicUrl, TWILIO_API_URL: twilioApiUrl }))
    if (url?.startsWith("http:") && !isLoopback(url))
      found.push(`${name} is plain http: whoever is on the way can read tokens and texts.`);
  if (databaseUrl !== undefined && !isLoopback(databaseUrl) && !/[?&]sslmode=verify-full/.test(databaseUrl))
    found.push(
      "DATABASE_URL leads to another host without sslmode=verify-full: texts cross the network in clear, or to whom is not checked.",
    );
  if (publicUrl !== undefined && !isLoopback(publicUrl) && trustProxy === undefined)
    found.push(
      "TRUST_PROXY is not set: behind a proxy or tunnel everybody has its address, and shares the limits of one. Set it to 1.",
    );
  if (trustProxy === true)
    found.push(
      "TRUST_PROXY=true believes whatever address a client names: give the number of proxies, or their addresses.",
    );
  return found;
}
