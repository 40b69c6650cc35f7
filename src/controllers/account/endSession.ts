import type { Request, Response } from "express";

/** Ends this browser's session, forgets what the browser kept of it, and lands on another page. */
export async function endSession(request: Request, response: Response, landing: string): Promise<void> {
  await new Promise<void>((resolve) => request.session.destroy(() => resolve()));
  response.locals.audit("sign-out");
  const name = response.locals.cookieName ?? "";
  response
    .clearCookie(name, { path: "/", secure: name.startsWith("__Host-") })
    .set("Clear-Site-Data", '"storage"')
    .redirect(303, landing);
}
