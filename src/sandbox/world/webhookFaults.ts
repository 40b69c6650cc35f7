/** Twilio's codes for what goes wrong with a webhook and with what it answers: https://www.twilio.com/docs/api/errors */
export const webhookFaults = {
  badAddress: 11100,
  /** Answered with 400 or more. */
  refused: 11200,
  timedOut: 11205,
  notHttp: 11206,
  unknownHost: 11210,
  redirectLoop: 11215,
  handshake: 11220,
  wrongHost: 11235,
  expired: 11236,
  untrusted: 11237,
  replyToWrongNumber: 14101,
  replyFromWrongNumber: 14102,
  replyTooLong: 14103,
  tooManyDocuments: 14106,
  replyLoop: 14107,
  unknownElement: 12200,
  unusableType: 12300,
} as const;

const { badAddress, handshake, notHttp, redirectLoop, timedOut, unknownHost, untrusted } = webhookFaults;
const connecting =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|ETIMEDOUT|UND_ERR_CONNECT|.*(CERT|TLS|SSL|SIGNATURE))/;
const codes: Record<string, number> = {
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ERR_TLS_CERT_ALTNAME_INVALID: webhookFaults.wrongHost,
  CERT_HAS_EXPIRED: webhookFaults.expired,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ERR_SSL_WRONG_VERSION_NUMBER: handshake,
  ERR_INVALID_URL: badAddress,
};

/** Why fetch got no answer; unconnected when the request cannot have arrived. */
export function faultOf(error: Error): { unconnected: boolean; errorCode: number } {
  // What the system says, which fetch wraps; a time-out has a number for its code.
  const { code, message = "" } = (error.cause ?? error) as { code?: unknown; message?: string };
  const name = typeof code === "string" ? code : "";
  return { unconnected: connecting.test(name), errorCode: codeOf(name, `${error.message} ${message}`) };
}

function codeOf(name: string, message: string): number {
  if (/redirect/.test(message)) return redirectLoop;
  if (name.startsWith("HPE_")) return notHttp;
  if (/Invalid URL|Failed to parse URL|unknown scheme/.test(message)) return badAddress;
  return codes[name] ?? timedOut;
}

/** No retry will mend it. */
export function isHopeless(errorCode: number | null): boolean {
  return errorCode === badAddress || errorCode === redirectLoop;
}

/** Twilio goes on all the same. */
export function isWarning(errorCode: number): boolean {
  return errorCode === webhookFaults.unknownElement;
}
