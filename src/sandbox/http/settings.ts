import { refusal } from "./errors.ts";
import { fieldsOf, isWebAddress, type Form } from "./format.ts";

const longestName = 64;

/** The fields of a form that a resource has, its addresses and methods checked. */
export function settingsFrom(
  form: Form,
  { urls, methods, others }: { urls: string[]; methods: string[]; others: string[] },
): Record<string, string> {
  const given = fieldsOf(form, new Set([...urls, ...methods, ...others, "FriendlyName"]));
  for (const name of methods) if (given[name] !== undefined) given[name] = methodOf(given[name]);
  const wrong = urls.find((name) => given[name] && !isWebAddress(given[name]));
  if (wrong) throw refusal(21402, `${wrong} is not a valid URL: ${given[wrong] ?? ""}`);
  if ((given.FriendlyName ?? "").length > longestName)
    throw refusal(20001, `FriendlyName may have ${longestName} characters at most`);
  return given;
}

function methodOf(value: string): string {
  const method = value.toUpperCase();
  if (method !== "GET" && method !== "POST") throw refusal(21403, `Method must be GET or POST, not ${value}`);
  return method;
}
