import type { RequestHandler } from "express";
import type { Store } from "../models/ports.ts";

/** For supervisors: does the storage answer, so that requests make sense. */
export class ReadinessController {
  readonly #store: Pick<Store, "ping">;

  constructor(store: Pick<Store, "ping">) {
    this.#store = store;
  }

  show: RequestHandler = async (_request, response) => {
    await this.#store.ping();
    response.type("text/plain").send("ready\n");
  };
}
