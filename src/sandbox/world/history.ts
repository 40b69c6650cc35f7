import type { SeedAccount, SeedMessage } from "./seed.ts";
import { newMessage } from "./newMessage.ts";
import type { SandboxMessage } from "./resources.ts";

const minute = 60_000;

/** The past that a seed gives an account, oldest first. */
export function pastOf(seed: SeedAccount): SandboxMessage[] {
  return [...(seed.messages ?? []).map(past), ...madeUp(seed)].toSorted(
    (one, other) => one.dateCreated.getTime() - other.dateCreated.getTime(),
  );
}

function past({ minutesAgo = 0, errorCode = undefined, status, ...rest }: SeedMessage): SandboxMessage {
  const at = new Date(Date.now() - minutesAgo * minute);
  return newMessage({
    ...rest,
    status: status ?? (rest.direction === "inbound" ? "received" : "delivered"),
    errorCode: errorCode ?? null,
    dateCreated: at,
    dateSent: at,
  });
}

function madeUp({ history, numbers = [], phones = [] }: SeedAccount): SandboxMessage[] {
  const count = numbers.length === 0 ? 0 : (history?.messages ?? 0);
  return Array.from({ length: count }, (_, index) => {
    const own = numbers[index % numbers.length]?.phoneNumber ?? "";
    const phone =
      phones[index % Math.max(phones.length, 1)]?.phoneNumber ??
      `+1501555${String(index % 10_000).padStart(4, "0")}`;
    const inbound = index % 2 === 0;
    const [from, to] = inbound ? [phone, own] : [own, phone];
    return past({
      from,
      to,
      body: `Message ${index + 1} of ${count}`,
      direction: inbound ? "inbound" : "outbound-api",
      minutesAgo: count - index,
    });
  });
}
