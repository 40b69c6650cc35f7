import type { RequestHandler } from "express";
import { isSameSecret } from "../models/account/sameSecret.ts";
import { NotFound } from "../models/errors.ts";

/** What a supervisor may ask about this process. */
export interface Measurements {
  /** The bearer token that opens them. */
  token: string;
  contentType: string;
  text: () => Promise<string>;
}

/** For Prometheus; without a token there is no such page. */
export class MetricsController {
  readonly #measurements: Measurements | undefined;

  constructor(measurements: Measurements | undefined) {
    this.#measurements = measurements;
  }

  show: RequestHandler = async (request, response) => {
    const measurements = this.#measurements;
    if (measurements === undefined) throw new NotFound();
    if (!isSameSecret(request.get("authorization") ?? "", `Bearer ${measurements.token}`)) {
      response.status(401).set("WWW-Authenticate", "Bearer").type("text/plain");
      return void response.send("Send METRICS_TOKEN as a bearer token.\n");
    }
    response.set("Content-Type", measurements.contentType).send(await measurements.text());
  };
}
