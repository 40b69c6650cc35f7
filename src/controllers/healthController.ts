import type { RequestHandler } from "express";

/** For supervisors: is the process alive. */
export class HealthController {
  show: RequestHandler = (_request, response) => {
    response.type("text/plain").send("ok\n");
  };
}
