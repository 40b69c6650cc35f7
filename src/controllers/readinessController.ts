import type { RequestHandler } from "express";

/** Resolves when the storage answers; rejects with StoreUnavailable. */
export interface Storage {
  ping(): Promise<void>;
}

/** Whether this process is about to end. */
export interface Draining {
  begun: boolean;
}

/** For supervisors: does the storage answer, so that requests make sense. */
export class ReadinessController {
  readonly #store: Storage;
  readonly #draining: Draining;

  constructor(store: Storage, draining: Draining) {
    this.#store = store;
    this.#draining = draining;
  }

  show: RequestHandler = async (_request, response) => {
    if (this.#draining.begun) return void response.status(503).type("text/plain").send("ending\n");
    await this.#store.ping();
    response.type("text/plain").send("ready\n");
  };
}
