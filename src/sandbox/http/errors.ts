import type { ErrorRequestHandler, RequestHandler, Response } from "express";

/** An answer in the shape that Twilio gives errors. */
export class TwilioError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What Twilio says of a parameter that it does not take. */
export function refusal(code: number, message: string): TwilioError {
  return new TwilioError(400, code, message);
}

export function notFound(path: string): TwilioError {
  return new TwilioError(404, 20404, `The requested resource ${path} was not found`);
}

/** For what there is, but not to be done that to. */
export const methodNotAllowed: RequestHandler<never> = ({ method }) => {
  throw new TwilioError(405, 20004, `Method not allowed: ${method}`);
};

/** For everything that no route has taken. */
export const missing: RequestHandler = ({ method, path }) => {
  if (!["GET", "HEAD", "POST", "DELETE"].includes(method))
    throw new TwilioError(405, 20004, `Method not allowed: ${method}`);
  if (!/^\/2010-04-01\/Accounts/.test(path) || path.endsWith(".json")) throw notFound(path);
  throw new TwilioError(
    404,
    20404,
    `The requested resource ${path} was not found: the sandbox serves JSON only, under names that end in .json`,
  );
};

export function sendError(
  response: Response,
  { status, code, message }: TwilioError,
  extra: object = {},
): void {
  response
    .status(status)
    .json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status, ...extra });
}

/** Nothing a client sends may end the process or show a stack. */
// Express knows an error handler by its four parameters.
// eslint-disable-next-line @typescript-eslint/no-unused-vars
export const errors: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (response.headersSent) return void response.end();
  if (error instanceof TwilioError) return sendError(response, error);
  const { status } = error as { status?: number };
  const client = status !== undefined && status >= 400 && status < 500;
  if (!client) console.error(error);
  sendError(
    response,
    client
      ? new TwilioError(status, 20001, "Bad request")
      : new TwilioError(500, 20500, "Internal Server Error"),
  );
};
