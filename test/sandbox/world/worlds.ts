import { afterEach } from "vitest";
import { SandboxAccount } from "../../../src/sandbox/world/account.ts";
import { newMessage, type Draft } from "../../../src/sandbox/world/newMessage.ts";
import type { SandboxMessage, SandboxService } from "../../../src/sandbox/world/resources.ts";
import type { Seed } from "../../../src/sandbox/world/seed.ts";
import type { Timing } from "../../../src/sandbox/world/sending.ts";
import { World } from "../../../src/sandbox/world/world.ts";
import { anna, shop, shopNumber, shopSeed } from "../../support/people.ts";

const open: World[] = [];
afterEach(() => {
  for (const world of open.splice(0)) world.close();
});

/** A sandbox's world without its server, until the test ends. */
export function worldOf(seed: Seed = shopSeed(), timing: Partial<Timing> = {}) {
  const world = new World(seed, { queuedMs: 0, sentMs: 0, senderRates: false, ...timing });
  open.push(world);
  return { world, account: theShop(world) };
}

export function theShop({ accounts }: World): SandboxAccount {
  const account = accounts.get(shop.accountSid);
  if (!account) throw new Error("The seed has no shop");
  return account;
}

/** Resolves with every state that the message had from now on, when it has the last one. */
export function statesOf({ events }: World, { sid }: SandboxMessage, last: string): Promise<string[]> {
  const states: string[] = [];
  return new Promise((resolve) => {
    events.on("message", function hear(_account, message) {
      if (message.sid !== sid) return;
      states.push(message.status);
      if (message.status !== last) return;
      events.off("message", hear);
      resolve(states);
    });
  });
}

/** A text of Anna's to the shop, unless told otherwise. */
export function messageOf(draft: Partial<Draft> = {}): SandboxMessage {
  return newMessage({
    from: anna,
    to: shopNumber,
    body: "Hi",
    direction: "inbound",
    status: "received",
    ...draft,
  });
}

/** A Messaging Service with these numbers of the account in its pool. */
export function serviceIn(
  account: SandboxAccount,
  phoneNumbers: string[],
  settings: Record<string, string> = {},
): SandboxService {
  const now = new Date();
  const sids = phoneNumbers.map((phoneNumber) => account.numberFor(phoneNumber)?.sid ?? "");
  const service: SandboxService = {
    sid: `MG${String(account.services.size).padStart(32, "0")}`,
    dateCreated: now,
    dateUpdated: now,
    settings: { UseInboundWebhookOnNumber: "true", ...settings },
    numbers: new Map(sids.map((sid) => [sid, now])),
    alphaSenders: new Map(),
    sticky: new Map(),
  };
  account.services.set(service.sid, service);
  return service;
}
