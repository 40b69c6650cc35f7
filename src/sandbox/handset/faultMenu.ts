import { faultKinds, type Fault, type FaultKind } from "../world/faults.ts";
import type { World } from "../world/world.ts";

const messageKinds: FaultKind[] = ["messageFails", "staysSent", "codeLoggedLate", "callbackToSmsUrl"];
const webhookKinds: FaultKind[] = [
  "webhookRepeated",
  "webhookLost",
  "webhookDelayed",
  "webhookReordered",
  "wrongSignature",
];
// These happen to a message or a number, not to a URL, so a path would keep them from happening at all.
const pathless = new Set<FaultKind>([...messageKinds, "numberSold"]);
const usualPaths = ["POST", "GET", "/Messages", "/IncomingPhoneNumbers", "/AvailablePhoneNumbers"];

const kinds = Object.keys(faultKinds) as FaultKind[];
// Only a script can say what these shall answer.
const scripted: FaultKind[] = ["answer", "extraEntries"];
const others = kinds.filter((kind) => ![...messageKinds, ...webhookKinds, ...scripted].includes(kind));

/** Every fault as a button, in the order of what people try first. */
export const faultGroups = [
  { title: "The app’s next message", kinds: messageKinds },
  { title: "Webhooks to the app", kinds: webhookKinds },
  { title: "The app’s calls to Twilio", kinds: others },
].map(({ title, kinds }) => ({ title, buttons: kinds.map((kind) => ({ kind, label: faultKinds[kind] })) }));

export const often = [
  { times: "1", word: "Once" },
  { times: "5", word: "5 times" },
  { times: "", word: "Until reset" },
];

/** The fault that a filled-in form asks for; undefined for a kind that does not exist. */
export function faultFrom(form: Record<string, string>): Omit<Fault, "id"> | undefined {
  const kind = kinds.find((known) => known === form.kind && !scripted.includes(known));
  if (!kind) return undefined;
  const times = Number.parseInt(form.times ?? "", 10);
  const path = form.path?.trim().slice(0, 500);
  return {
    kind,
    times: times > 0 ? times : null,
    path: path && !pathless.has(kind) ? path : undefined,
    code: kind === "messageFails" ? Number.parseInt(form.code ?? "", 10) || undefined : undefined,
  };
}

export function describeFault({ kind, times, path, code, ms }: Fault) {
  const left = times === null ? "until reset" : times === 1 ? "once" : `${times} more times`;
  const details = [code && `code ${code}`, ms !== undefined && `${ms} ms`, path && `only ${path}`];
  return { label: faultKinds[kind], details: [...details.filter(Boolean), left].join(" · ") };
}

/** What may stand in an address, for the field that narrows a fault down. */
export function pathsSeen({ log }: World): string[] {
  const webhooks = log.list().filter(({ kind }) => kind === "webhook");
  const paths = webhooks.map(({ url }) => (URL.canParse(url) ? new URL(url).pathname : url));
  return [...new Set([...usualPaths, ...paths])].slice(0, 12);
}
