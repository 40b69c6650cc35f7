import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export type Metrics = ReturnType<typeof createMetrics>;

/** What has a value at any time. */
export interface Gauges {
  /** Open live streams. */
  streams: () => number;
  /** When the account that waits longest was last looked at; null when nobody waits. */
  oldestLook: () => Promise<Date | null>;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a supervisor may ask about this process, in Prometheus' text form. */
export function createMetrics() {
  const registry = new Registry();
  // Event-loop delay, memory, CPU and garbage collection.
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    ...counters(registers),
    ...durations(registers),
    watch: (gauges: Gauges) => watch(gauges, registers),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function counters(registers: Registry[]) {
  return {
    webhooks: new Counter({
      name: "parley_webhooks_total",
      help: "Webhooks from Twilio, by path and answer",
      labelNames: ["path", "status"],
      registers,
    }),
    sends: new Counter({
      name: "parley_sends_total",
      help: "Texts sent from here, by the states that they came to",
      labelNames: ["status"],
      registers,
    }),
    audited: new Counter({
      name: "parley_audit_events_total",
      help: "Lines of the audit log, by event",
      labelNames: ["event"],
      registers,
    }),
  };
}

function durations(registers: Registry[]) {
  return {
    requests: new Histogram({
      name: "parley_request_seconds",
      help: "Time until an answer ended, by kind of request and answer; live streams aside",
      labelNames: ["kind", "status"],
      buckets: seconds,
      registers,
    }),
    calls: new Histogram({
      name: "parley_twilio_call_seconds",
      help: "Calls to Twilio, by product, method and answer; a POST to api is a text or a purchase",
      labelNames: ["product", "method", "status"],
      buckets: seconds,
      registers,
    }),
    commits: new Histogram({
      name: "parley_commit_seconds",
      help: "Transactions that changed something, waiting for their turn included",
      buckets: seconds,
      registers,
    }),
  };
}

function watch({ streams, oldestLook }: Gauges, registers: Registry[]): void {
  const open: Gauge = new Gauge({
    name: "parley_live_streams",
    help: "Open live streams",
    registers,
    collect: () => {
      open.set(streams());
    },
  });
  const age: Gauge = new Gauge({
    name: "parley_sync_age_seconds",
    help: "Since Twilio's log was last read whole for the account that waits longest",
    registers,
    collect: async () => {
      age.set(ageOf(await oldestLook()));
    },
  });
}

function ageOf(look: Date | null): number {
  return look === null ? 0 : Math.max(0, (Date.now() - look.getTime()) / 1_000);
}
