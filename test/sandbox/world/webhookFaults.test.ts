import { expect, test } from "vitest";
import { faultOf, isHopeless, isWarning, webhookFaults } from "../../../src/sandbox/world/webhookFaults.ts";

/** As fetch tells it: what the system says is the cause. */
const failed = (code: string, message = "") =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });

test.each([
  ["nobody listens", failed("ECONNREFUSED"), 11205, true],
  ["the host has no name", failed("ENOTFOUND"), 11210, true],
  ["the name cannot be asked for", failed("EAI_AGAIN"), 11210, true],
  ["no way leads there", failed("EHOSTUNREACH"), 11205, true],
  ["connecting took too long", failed("UND_ERR_CONNECT_TIMEOUT"), 11205, true],
  ["the certificate is for another name", failed("ERR_TLS_CERT_ALTNAME_INVALID"), 11235, true],
  ["the certificate has expired", failed("CERT_HAS_EXPIRED"), 11236, true],
  ["the certificate is self-signed", failed("DEPTH_ZERO_SELF_SIGNED_CERT"), 11237, true],
  ["the issuer is self-signed", failed("SELF_SIGNED_CERT_IN_CHAIN"), 11237, true],
  ["the issuer is unknown", failed("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), 11237, true],
  ["it speaks no TLS", failed("ERR_SSL_WRONG_VERSION_NUMBER"), 11220, true],
  ["it speaks no HTTP", failed("HPE_INVALID_CONSTANT"), 11206, false],
  ["it hung up", failed("ECONNRESET"), 11205, false],
  ["it hung up early", failed("UND_ERR_SOCKET", "other side closed"), 11205, false],
  ["it led in a circle", failed("", "redirect count exceeded"), 11215, false],
  ["it is no address", failed("ERR_INVALID_URL", "Invalid URL"), 11100, false],
  ["it is of another scheme", failed("", "unknown scheme"), 11100, false],
  ["it took too long", new DOMException("timed out", "TimeoutError"), 11205, false],
])("%s: the Debugger's code, and whether the request may have arrived", (_what, error, code, unconnected) => {
  expect(faultOf(error)).toEqual({ errorCode: code, unconnected });
});

test("no retry mends a wrong address or a circle, and one may mend the rest", () => {
  const hopeless = Object.values(webhookFaults).filter(isHopeless);
  expect(hopeless).toEqual([11100, 11215]);
  expect(isHopeless(null)).toBe(false);
});

test("only an unknown verb is a warning", () => {
  expect(Object.values(webhookFaults).filter(isWarning)).toEqual([12200]);
});
