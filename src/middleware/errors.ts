import type { ErrorRequestHandler, RequestHandler } from "express";
import { ForeignForm, NotFound, ParleyError, TooMany } from "../models/errors.ts";

export const notFound: RequestHandler = () => {
  throw new NotFound();
};

/** The one place that turns errors into pages: a sentence for people, the cause for the log. */
export function errors(report: (error: unknown, context: object) => void): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  return (error: unknown, request, response, _next) => {
    const { status, message } = describe(error);
    if (status >= 500) report(error, { requestId: (response.locals as { requestId?: string }).requestId });
    if (isForeignForm(error)) response.locals.audit("form refused", { path: withoutNumbers(request.path) });
    if (error instanceof TooMany) response.locals.audit("limit", { limit: error.limit });
    if (response.headersSent) return void response.end();
    response.status(status);
    if (error instanceof TooMany) response.set("Retry-After", String(error.retryAfterSeconds));
    response.render(
      "errors/show",
      { alerts: [], csrfToken: "", ...(response.locals as object), status, message },
      (fault, html) => {
        if (fault) report(fault, {});
        response.send(fault ? message : html);
      },
    );
  };
}

function withoutNumbers(path: string): string {
  return path.replace(/[^/]*\d{4}[^/]*/g, "…");
}

function isForeignForm(error: unknown): boolean {
  return error instanceof ForeignForm || (error as { code?: unknown }).code === "EBADCSRFTOKEN";
}

function describe(error: unknown): { status: number; message: string } {
  if (error instanceof ParleyError) return { status: error.status, message: error.message };
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (code === "EBADCSRFTOKEN") {
    return {
      status: 403,
      message: "This form has been open for too long. Go back, reload the page and send it again.",
    };
  }
  if (status === 413) return { status, message: "That is more than this form takes." };
  if (typeof status === "number" && status >= 400 && status < 500)
    return { status, message: "This request makes no sense to Parley." };
  return {
    status: 500,
    message: "Something went wrong on our side. It has been noted; try again in a moment.",
  };
}
