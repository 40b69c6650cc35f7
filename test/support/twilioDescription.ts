import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { extract } from "tar";

// Twilio's own OpenAPI description, as this package ships it; only its tarball is taken, not the 185 packages it asks for.
const version = "0.7.0";
const integrity = "YsUde1pMXwqHm8Cvq9JdtsyvclVCC/f/V+FmxTNN04u5Qt5aapkbQgcfqBYQ0xcmvATBNswgPDo3MPVaCtZK8Q==";
const folder = resolve(import.meta.dirname, "../../node_modules/.cache/parley");
const unpacked = join(folder, `twilio-oai-${version}`);
const inTarball = "package/twilio-oai/spec/json";

export interface Schema {
  type?: string;
  format?: string;
  nullable?: boolean;
  enum?: unknown[];
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  $ref?: string;
}

export interface Parameter {
  name: string;
  in: "path" | "query";
  schema: Schema;
}

export interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface Description {
  paths: Record<string, Partial<Record<"get" | "post" | "delete", Operation>> & { parameters?: Parameter[] }>;
  components: { schemas: Record<string, Schema> };
}

/** One product's description, e.g. "api_v2010"; fetched once and kept beside the packages. */
export async function readDescription(product: string): Promise<Description> {
  if (!existsSync(unpacked)) await fetchDescriptions();
  return JSON.parse(readFileSync(join(unpacked, `twilio_${product}.json`), "utf8")) as Description;
}

async function fetchDescriptions(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, "fetch-"));
  try {
    const wanted = `@twilio-alpha/mcp@${version}`;
    await promisify(execFile)("npm", ["pack", wanted, "--pack-destination", work, "--silent"]);
    const tarball = join(work, `twilio-alpha-mcp-${version}.tgz`);
    const found = createHash("sha512").update(readFileSync(tarball)).digest("base64");
    if (found !== integrity) throw new Error(`${wanted} is not the package that was checked`);
    await extract({ file: tarball, cwd: work, filter: (path) => path.startsWith(inTarball) });
    // Whoever else fetched it meanwhile got the same.
    if (!existsSync(unpacked)) renameSync(join(work, inTarball), unpacked);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
