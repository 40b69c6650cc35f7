import type { Change } from "../types.ts";
import type { Taken } from "./told.ts";

/** What open pages must hear of. */
export function changesOf({ message, outcome, replaces, reopens }: Taken): Change[] {
  const own =
    message && outcome !== "unchanged" && outcome !== "waiting"
      ? [{ kind: outcome, messageId: message.id }]
      : [];
  return [
    ...(replaces ? [{ kind: "messageRemoved" as const, messageId: replaces.id }] : []),
    ...own,
    ...(reopens ? [{ kind: "changed" as const, messageId: reopens.id }] : []),
  ];
}
