import { Router } from "express";
import type { Controllers } from "../controllers/index.ts";
import { patterns } from "../helpers/paths.ts";
import { mount } from "./mount.ts";

/** Every URL for whatever watches over the process. */
export function supervisorRoutes(to: Controllers): Router {
  const router = Router();
  mount(router, patterns.supervisors, to);
  return router;
}
