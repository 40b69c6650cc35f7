import * as z from "zod";

/** What the control API refuses, in a sentence. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What was posted, as the schema wants it. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  { body }: { body?: unknown },
): z.infer<Schema> {
  const found = schema.safeParse(body ?? {});
  if (!found.success) throw new ControlError(400, z.prettifyError(found.error));
  return found.data;
}
