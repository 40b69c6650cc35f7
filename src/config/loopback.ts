const names = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether the address leads to this machine alone. */
export function isLoopback(url: string): boolean {
  return names.has(new URL(url).hostname);
}
