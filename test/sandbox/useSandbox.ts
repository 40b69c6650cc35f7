import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/server.ts";
import type { Seed } from "../../src/sandbox/world/seed.ts";
import { anna, shop, shopNumber, shopSeed } from "../support/people.ts";

export interface Caller {
  accountSid: string;
  authToken: string;
}

export const quick = { queuedMs: 1, sentMs: 1 };

export const authorization = ({ accountSid, authToken }: Caller) =>
  `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;

/** A fresh sandbox for each test of the file, or one for the whole file, and ways to talk to it. */
export function useSandbox({
  perFile = false,
  seed = shopSeed,
}: { perFile?: boolean; seed?: () => Seed } = {}) {
  let sandbox: Sandbox;
  const [before, after] = perFile ? [beforeAll, afterAll] : [beforeEach, afterEach];
  before(async () => {
    sandbox = await startSandbox({ seed: seed(), timing: quick });
  });
  after(() => sandbox.close());

  /** Starts it anew in another way. */
  async function reopen(options: SandboxOptions): Promise<void> {
    await sandbox.close();
    sandbox = await startSandbox({ seed: seed(), timing: quick, ...options });
  }

  async function call(
    method: string,
    path: string,
    form: Record<string, string> = {},
    caller: Caller = shop,
  ) {
    const own = `/2010-04-01/Accounts/${caller.accountSid}/${path}`;
    const answer = await fetch(sandbox.url + (path.startsWith("/") ? path : own), {
      method,
      headers: { Authorization: authorization(caller) },
      body: method === "POST" ? new URLSearchParams(form) : null,
      redirect: "manual",
    });
    const body = answer.status === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
    return { status: answer.status, body, code: body.code, headers: answer.headers };
  }

  /** The JSON API for tests. */
  async function control(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
  }

  return {
    get sandbox() {
      return sandbox;
    },
    get shop() {
      const account = sandbox.world.accounts.get(shop.accountSid);
      if (!account) throw new Error("The seed has no shop");
      return account;
    },
    reopen,
    call,
    control,
    fault: (fault: object) => control("POST", "faults", fault),
    send: (to: string, body = "Hi", more: Record<string, string> = {}) =>
      call("POST", "Messages.json", { From: shopNumber, To: to, Body: body, ...more }),
    text: (body: string, from = anna, to = shopNumber) => sandbox.world.phoneTexts({ from, to, body }),
    statusOf: async (sid: unknown) => (await call("GET", `Messages/${String(sid)}.json`)).body.status,
  };
}
