import twilio from "twilio";
import RequestClient from "twilio/lib/base/RequestClient.js";
import type { Sandbox } from "../../../src/sandbox/server.ts";
import { shop } from "../../support/people.ts";

/** What the tests of the contract share. */
export interface Wire {
  sandbox: () => Sandbox;
  sdk: (caller?: { accountSid: string; authToken: string }) => ReturnType<typeof twilio>;
}

/** The official SDK, sent to whatever the address is then. */
export function sdkAt(url: () => string): Wire["sdk"] {
  class Redirected extends RequestClient {
    override async request<T>(options: RequestClient.RequestOptions<T>) {
      const { hostname, pathname, search } = new URL(options.uri);
      const product = hostname.split(".")[0] ?? "";
      const uri = `${url()}${product === "api" ? "" : `/${product}`}${pathname}${search}`;
      return super.request<T>({ ...options, uri });
    }
  }
  return ({ accountSid, authToken } = shop) =>
    twilio(accountSid, authToken, { httpClient: new Redirected({}) });
}

export const refusal = (code: number, status = 400) => ({ code, status });
export const unknown = (prefix: string) => prefix + "0".repeat(32);
