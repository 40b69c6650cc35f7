import { Ajv, type ValidateFunction } from "ajv";
import type { Exchange } from "../../support/tap.ts";
import {
  readDescription,
  type Description,
  type Operation,
  type Parameter,
  type Schema,
} from "../../support/twilioDescription.ts";
import { differences } from "./differences.ts";

interface Known extends Operation {
  name: string;
  pattern: RegExp;
  literals: number;
  method: string;
  parameters: Parameter[];
  description: Description;
}

// Where each product's paths are on the sandbox.
const products: Record<string, string> = {
  api_v2010: "",
  pricing_v1: "/pricing",
  messaging_v1: "/messaging",
  lookups_v1: "/lookups",
  lookups_v2: "/lookups",
  monitor_v1: "/monitor",
};

const rfc2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;
const formats: Record<string, (value: string) => boolean> = {
  "date-time-rfc-2822": (value) => rfc2822.test(value) && !Number.isNaN(Date.parse(value)),
  "date-time": (value) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value),
  date: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value),
  uri: (value) =>
    value.startsWith("/") ? URL.canParse(value, "https://api.twilio.com") : URL.canParse(value),
  "uri-or-empty": (value) => value === "" || URL.canParse(value),
  "phone-number": (value) => value.length > 0,
  "http-method": (value) => /^(GET|POST)$/.test(value),
  "iso-country-code": (value) => /^[A-Z]{2}$/.test(value),
  currency: (value) => /^usd$/i.test(value),
};

const problem: Schema = {
  type: "object",
  required: ["code", "message", "more_info", "status"],
  properties: {
    code: { type: "integer" },
    message: { type: "string" },
    more_info: { type: "string", format: "uri" },
    status: { type: "integer" },
  },
};

/** Twilio's description of its API, held against what went over the wire. */
export class Contract {
  readonly seen = new Map<string, number>();
  errors = 0;
  readonly #operations: Known[];
  readonly #ajv = new Ajv({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  static async read(): Promise<Contract> {
    const descriptions = Object.entries(products).map(async ([product, prefix]) =>
      operationsOf(await readDescription(product), prefix),
    );
    return new Contract((await Promise.all(descriptions)).flat());
  }

  private constructor(operations: Known[]) {
    this.#operations = operations;
    for (const [name, validate] of Object.entries(formats)) this.#ajv.addFormat(name, validate);
  }

  /** Every violation, in words; none for a call that is as Twilio describes it. */
  check(exchange: Exchange): string[] {
    const operation = this.#find(exchange);
    if (exchange.status >= 400) return this.#checkError(exchange);
    if (!operation) return [`${exchange.method} ${exchange.path} is not an operation of Twilio's`];
    this.seen.set(operation.name, (this.seen.get(operation.name) ?? 0) + 1);
    const found = [...checkRequest(operation, exchange), ...this.#checkResponse(operation, exchange)];
    return found.map((violation) => `${operation.name}: ${violation}`);
  }

  #find({ method, path }: Exchange): Known | undefined {
    return this.#operations
      .filter((operation) => operation.method === method && operation.pattern.test(path))
      .toSorted((one, other) => other.literals - one.literals)[0];
  }

  #checkResponse(operation: Known, { status, body }: Exchange): string[] {
    const described = operation.responses[String(status)];
    if (!described) return [`answers ${status}`];
    const schema = described.content?.["application/json"]?.schema;
    if (!schema) return body.length === 0 ? [] : ["has a body where none belongs"];
    const strict = () => strictly(schema, operation.description, schemaName(schema));
    return this.#validate(`${operation.name} ${status}`, strict, JSON.parse(body.toString()));
  }

  #checkError({ status, body, method, path }: Exchange): string[] {
    this.errors += 1;
    if (method === "HEAD") return [];
    const answer = JSON.parse(body.toString()) as { status?: number; code?: number; more_info?: string };
    const found = this.#validate("error", () => strictly(problem, undefined, "error", false), answer);
    if (answer.status !== status) found.push(`status ${answer.status} in the body of a ${status}`);
    if (!answer.more_info?.endsWith(`/${answer.code}`)) found.push("more_info is not about the code");
    return found.map((violation) => `${method} ${path}: ${violation}`);
  }

  #validate(key: string, schema: () => object, value: unknown): string[] {
    const validate = this.#validators.get(key) ?? this.#ajv.compile(schema());
    this.#validators.set(key, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

function operationsOf(description: Description, prefix: string): Known[] {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    (["get", "post", "delete"] as const).flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const full = prefix + path;
      const source = full.split(/\{\w+\}/).map((part) => part.replace(/[.]/g, "\\."));
      return {
        ...operation,
        name: `${method.toUpperCase()} ${full}`,
        method: method.toUpperCase(),
        pattern: new RegExp(`^${source.join("[^/]+?")}$`),
        literals: source.join("").length,
        parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])],
        description,
      };
    }),
  );
}

function checkRequest(operation: Known, { query, form, method }: Exchange): string[] {
  const described = new Set(
    operation.parameters.filter((each) => each.in === "query").map(({ name }) => name),
  );
  const stray = [...new Set(query.keys())].filter((name) => !described.has(name));
  const fields = operation.requestBody?.content["application/x-www-form-urlencoded"]?.schema;
  const known = new Set(Object.keys(fields?.properties ?? {}));
  const wrong = [...new Set(form.keys())].filter((name) => !known.has(name));
  const missing = method === "POST" ? (fields?.required ?? []).filter((name) => !form.has(name)) : [];
  return [
    ...stray.map((name) => `is asked with ${name}`),
    ...wrong.map((name) => `is sent ${name}`),
    ...missing.map((name) => `is not sent ${name}`),
  ];
}

function schemaName(schema: Schema): string {
  return schema.$ref?.split("/").at(-1) ?? (schema as { title?: string }).title ?? "";
}

/** The schema with every reference put in, every key required, and nothing else allowed. */
function strictly(
  given: Schema,
  description: Description | undefined,
  name: string,
  closed = true,
): Record<string, unknown> {
  const schema = structuredClone(resolved(given, description));
  if (schema.properties) {
    for (const { schema: pattern, change } of differences) if (pattern.test(name)) change(schema.properties);
  }
  const { nullable, properties, items, type, enum: values, format, pattern } = schema;
  const inner = (each: Schema) => strictly(each, description, schemaName(each), closed);
  return {
    ...(type ? { type: nullable ? [type, "null"] : type } : {}),
    ...(values ? { enum: nullable ? [...values, null] : values } : {}),
    ...(format && type === "string" ? { format } : {}),
    ...(pattern ? { pattern } : {}),
    ...(items ? { items: inner(items) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, inner(each)])),
          required: schema.required ?? Object.keys(properties),
          additionalProperties: !closed,
        }
      : {}),
  };
}

function resolved(schema: Schema, description: Description | undefined): Schema {
  if (!schema.$ref) return schema;
  const found = description?.components.schemas[schemaName(schema)];
  if (!found) throw new Error(`The description lacks ${schema.$ref}`);
  return found;
}
