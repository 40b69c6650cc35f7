import type { VerifySignature } from "../account/twilio.ts";

/** A webhook as it came, and the address that its signature was checked for. */
export interface RefusedWebhook {
  accountSid: string;
  form: Record<string, string | string[]>;
  signature: string | undefined;
  expectedUrl: string;
  /** Path and query as they came. */
  path: string;
  /** Names under which this server was asked, by whatever header: Host, X-Forwarded-Host. */
  hosts: string[];
}

export type RefusalReason =
  /** Signed by Twilio for another address than the one it should have come to. */
  | { reason: "address"; signedUrl: string }
  /** Signed with an Auth Token that nobody is signed in with, or for an address that cannot be guessed. */
  | { reason: "token" }
  /** Without a signature, so not from Twilio. */
  | { reason: "unsigned" };

/** Why a signature does not fit, as far as trying the addresses that a proxy makes of one can tell. */
export function refusalReason(
  webhook: RefusedWebhook,
  authTokens: string[],
  verifySignature: VerifySignature,
): RefusalReason {
  const { signature, form } = webhook;
  if (signature === undefined || signature === "") return { reason: "unsigned" };
  const signedUrl = addressesLike(webhook).find((url) =>
    authTokens.some((authToken) => verifySignature(authToken, signature, url, form)),
  );
  return signedUrl === undefined ? { reason: "token" } : { reason: "address", signedUrl };
}

function addressesLike({ expectedUrl, path, hosts }: RefusedWebhook): string[] {
  const expected = URL.parse(expectedUrl);
  if (expected === null) return [];
  const names = new Set([expected.host, ...hosts].flatMap((host) => [host, host.replace(/:\d+$/, "")]));
  const paths = new Set([path, path.replace(/\/(?=\?|$)/, ""), path.replace(/\/?(?=\?|$)/, "/")]);
  return (["https", "http"] as const).flatMap((scheme) =>
    // With and without the usual port is all the same to the check.
    [...names].flatMap((name) => [...paths].map((each) => `${scheme}://${name}${each}`)),
  );
}
