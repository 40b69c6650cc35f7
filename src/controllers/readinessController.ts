import type { RequestHandler } from "express";

/** Resolves when the storage answers; rejects with StoreUnavailable. */
export interface Storage {
  ping(): Promise<void>;
}

/** For supervisors: does the storage answer, so that requests make sense. */
export class ReadinessController {
  readonly #store: Storage;

  constructor(store: Storage) {
    this.#store = store;
  }

  show: RequestHandler = async (_request, response) => {
    await this.#store.ping();
    response.type("text/plain").send("ready\n");
  };
}
