import type { RequestHandler } from "express";
import { text } from "./format.ts";
import type { World } from "../world/world.ts";

/** Notes every API call and its answer, credentials and tokens aside. */
export function callLogging(world: World): RequestHandler {
  return (request, response, next) => {
    const send = response.json.bind(response);
    let answer = "";
    response.json = (body: unknown) => {
      answer = withoutCredentials(JSON.stringify(body, withoutSecrets));
      return send(body);
    };
    response.on("close", () => {
      // Ports of one machine share their cookies, so those of Parley come here, too.
      const { authorization, cookie, ...headers } = request.headers;
      const form = Object.entries((request.body ?? {}) as Record<string, unknown>);
      world.logCall({
        kind: "api",
        accountSid: /\/Accounts\/(AC[0-9a-f]{32})/.exec(request.originalUrl)?.[1] ?? "",
        method: request.method,
        url: request.originalUrl,
        status: response.writableFinished ? response.statusCode : 0,
        requestHeaders: {
          ...flat(headers),
          authorization: authorization ? "Basic …" : "",
          ...(cookie ? { cookie: "…" } : {}),
        },
        form: Object.fromEntries(form.map(([name, value]) => [name, withoutCredentials(text(value))])),
        answer,
      });
    });
    next();
  };
}

/** Addresses of webhooks may carry a name and a password. */
function withoutCredentials(text: string): string {
  return text.replace(/(https?:\/\/)[^/?#@\s"]+@/gi, "$1…@");
}

function withoutSecrets(name: string, value: unknown): unknown {
  return ["auth_token", "secondary_auth_token", "secret"].includes(name) ? "…" : value;
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
