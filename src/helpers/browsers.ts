import Bowser from "bowser";

/** "Firefox on Linux"; "A program" for what is no browser. */
export function browserName(userAgent: string): string {
  const { browser, os } = Bowser.parse(userAgent || "unknown");
  if (!browser.name) return "A program";
  return os.name ? `${browser.name} on ${os.name}` : browser.name;
}
