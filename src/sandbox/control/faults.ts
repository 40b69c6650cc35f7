import { validateHeaderName, validateHeaderValue } from "node:http";
import { Router } from "express";
import * as z from "zod";
import { faultKinds, type FaultKind } from "../world/faults.ts";
import type { World } from "../world/world.ts";
import { ControlError, parsed } from "./input.ts";

const kinds = Object.keys(faultKinds) as [FaultKind, ...FaultKind[]];
const longestDelayMs = 600_000;
const furthestDateMs = 20 * 365 * 86_400_000;

const header = z.record(z.string(), z.string()).refine(areHeaders, "these are no HTTP headers");
const faultSchema = z
  .strictObject({
    kind: z.enum(kinds),
    times: z.coerce
      .number()
      .int()
      .positive()
      .nullish()
      .transform((times) => times ?? null),
    method: z
      .string()
      .toUpperCase()
      .regex(/^[A-Z]+$/, "a method such as GET")
      .optional(),
    path: z.string().max(500).optional(),
    ms: z.coerce.number().int().min(-furthestDateMs).max(furthestDateMs).optional(),
    code: z.coerce.number().int().min(10_000).max(999_999).optional(),
    status: z.coerce.number().int().min(200).max(599).optional(),
    headers: header.optional(),
    body: z.unknown().optional(),
  })
  .refine(({ kind, ms = 0 }) => kind === "date" || (ms >= 0 && ms <= longestDelayMs), {
    path: ["ms"],
    message: `0 to ${longestDelayMs}, except for the date`,
  })
  .refine(({ kind, body }) => kind !== "extraEntries" || Array.isArray(body), {
    path: ["body"],
    message: "the entries, as a list",
  });

export function faultRoutes({ faults }: World): Router {
  const router = Router();
  router
    .route("/faults")
    .get((_request, response) => void response.json({ faults: faults.list() }))
    .post((request, response) => void response.status(201).json(faults.add(parsed(faultSchema, request))))
    .delete((_request, response) => {
      faults.reset();
      response.status(204).end();
    });
  router.delete("/faults/:id", (request, response) => {
    if (!faults.remove(request.params.id)) throw new ControlError(404, "There is no such fault");
    response.status(204).end();
  });
  return router;
}

function areHeaders(headers: Record<string, string>): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    }
    return true;
  } catch {
    return false;
  }
}
