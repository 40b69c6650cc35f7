import { Router } from "express";
import type { Controllers } from "../controllers/index.ts";
import { paths, patterns } from "../helpers/paths.ts";
import { formsUpTo } from "../middleware/forms.ts";
import { postOnly } from "../middleware/postOnly.ts";
import { twilioSignature, type Signatures } from "../middleware/twilioSignature.ts";
import { mount } from "./mount.ts";
import { longestForm } from "./quickForm.ts";

/** Every URL for Twilio. */
export function webhookRoutes(to: Controllers, signatures: Signatures): Router {
  const router = Router();
  // Not the extended parser: it turns `a[b]` into an object, which breaks the signature.
  const form = formsUpTo(longestForm);
  router.all([paths.inboundMessages, paths.messageStatuses], postOnly, form, twilioSignature(signatures));
  mount(router, patterns.twilio, to);
  return router;
}
