import type { SandboxAccount } from "../../world/account.ts";
import type { SandboxNumber } from "../../world/resources.ts";
import type { World } from "../../world/world.ts";
import { refusal } from "../../http/errors.ts";

/** Takes a number from its account and from the Messaging Services it is in. */
export function forget(account: SandboxAccount, { sid }: SandboxNumber): void {
  account.numbers.delete(sid);
  for (const service of account.services.values()) service.numbers.delete(sid);
}

/** Whose a number becomes: it moves between an account and its subaccounts only. */
export function ownerFrom(world: World, account: SandboxAccount, sid: string): SandboxAccount {
  if (!sid) return account;
  if (!/^AC[0-9a-f]{32}$/.test(sid)) throw refusal(21470, `Account ${sid} is not valid`);
  const owner = world.accounts.get(sid);
  if (!owner) throw refusal(21471, `Account ${sid} does not exist`);
  if (owner.ownerSid !== account.ownerSid)
    throw refusal(21473, `Account ${sid} is not related to ${account.sid}`);
  if (owner.status !== "active") throw refusal(21472, `Account ${sid} is not active`);
  return owner;
}
