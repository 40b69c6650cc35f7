import express, { Router, type Request, type RequestHandler } from "express";
import { refusal } from "./errors.ts";

const largestForm = "1mb";

/** Reads posted forms of either encoding; the oldest SDKs send multipart. */
export function forms(): RequestHandler {
  return Router().use(
    express.urlencoded({ extended: false, limit: largestForm }),
    readMultipart(largestForm),
    async (request, _response, next) => {
      if (!Buffer.isBuffer(request.body)) return next();
      request.body = fieldsIn(await multipartOf(request));
      next();
    },
  );
}

export function readMultipart(limit: number | string): RequestHandler {
  return express.raw({ type: "multipart/form-data", limit });
}

/** A form that may carry files. Node itself can read one from a Response. */
export async function multipartOf(request: Request): Promise<FormData> {
  const headers = { "content-type": request.get("content-type") ?? "" };
  if (!Buffer.isBuffer(request.body)) return new FormData();
  try {
    return await new Response(new Uint8Array(request.body), { headers }).formData();
  } catch {
    throw refusal(20001, "The form cannot be read");
  }
}

/** As the other encoding reads it: a field that is repeated is a list. */
function fieldsIn(form: FormData): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => typeof value === "string");
    const [only = ""] = values;
    fields[name] = values.length > 1 ? values : only;
  }
  return fields;
}
