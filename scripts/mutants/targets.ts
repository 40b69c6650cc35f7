import type { Mutation } from "./mutations.ts";

/** What is mutated, and the tests that ought to notice. */
export interface Target {
  files: string[];
  tests: string[];
}

export const targets: Target[] = [
  {
    files: [
      "answer",
      "correction",
      "formIds",
      "intake",
      "intakeBatch",
      "message",
      "messageStatus",
      "keywords",
      "optOuts",
      "ours",
      "told",
    ].map((name) => `src/models/chat/${name}.ts`),
    tests: [
      "test/models/chat/formIds.test.ts",
      "test/models/chat/intake.test.ts",
      "test/models/chat/intakeBatch.test.ts",
      "test/models/chat/intakeOrder.test.ts",
      "test/models/chat/message.test.ts",
      "test/models/chat/messageStatus.test.ts",
      "test/models/chat/keywords.test.ts",
      "test/models/chat/optOuts.test.ts",
      "test/store/chat/messages.test.ts",
      "test/store/chat/sending.test.ts",
      "test/store/chat/conversations.test.ts",
    ],
  },
  {
    files: ["deliveries", "holder", "lostAnswers"].map((name) => `src/models/chat/${name}.ts`),
    tests: ["test/models/chat/deliveries.test.ts", "test/models/chat/orphans.test.ts"],
  },
  {
    files: ["logReader", "polling", "silence"].map((name) => `src/models/sync/${name}.ts`),
    tests: ["logReader", "polling", "silence"].map((name) => `test/models/sync/${name}.test.ts`),
  },
  {
    files: ["src/store/commits/leases.ts"],
    tests: ["test/store/commits/leases.test.ts"],
  },
  {
    files: ["src/twilio/clock.ts", "src/twilio/callsUnderWay.ts"],
    tests: ["test/twilio/clock.test.ts", "test/twilio/callsUnderWay.test.ts"],
  },
  {
    files: ["accountRounds", "history", "inquiries", "reconciliation", "synchronizer", "webhookProofs"].map(
      (name) => `src/models/sync/${name}.ts`,
    ),
    tests: [
      "test/models/sync/gaps.test.ts",
      "test/models/sync/history.test.ts",
      "test/models/sync/oddEntries.test.ts",
      "test/models/sync/reconciliation.test.ts",
      "test/models/sync/synchronizer.test.ts",
      "test/models/sync/polling.test.ts",
      "test/instances/instances.test.ts",
    ],
  },
];

/** Faults that once went unnoticed, by hand. */
export const faults = [
  {
    name: "an equal status replaces another",
    file: "src/models/chat/messageStatus.ts",
    find: "return told.status === message.status ? { ...message, ...error } : message;",
    text: "return { ...message, status: told.status, ...error };",
    tests: ["test/models/chat/intake.test.ts"],
  },
  {
    name: "the sweep of two days is cut to a minute",
    file: "src/models/sync/reconciliation.ts",
    find: "const sweepMs = 48 * 60 * minute;",
    text: "const sweepMs = minute;",
    tests: ["test/models/sync/reconciliation.test.ts"],
  },
  {
    name: "nobody asks whether a webhook was missed",
    file: "src/models/sync/reconciliation.ts",
    find: "now.getTime() - at.getTime() > webhookGraceMs",
    text: "false",
    tests: ["test/models/sync/synchronizer.test.ts"],
  },
  {
    name: "a second Retry has the id of the first",
    file: "src/models/chat/formIds.ts",
    find: "Number(tries) + 1",
    text: "Number(tries)",
    tests: ["test/models/chat/formIds.test.ts"],
  },
  {
    name: "a lease is taken from whoever holds it",
    file: "src/store/commits/leases.ts",
    find: 'eb("leases.holder", "=", holder)',
    text: 'eb("leases.holder", "!=", "")',
    tests: ["test/store/commits/leases.test.ts"],
  },
];

export type Fault = Mutation & { file: string; tests: string[] };
