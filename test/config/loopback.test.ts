import { expect, test } from "vitest";
import { isLoopback } from "../../src/config/loopback.ts";

test.each([
  ["http://localhost:3000", true],
  ["http://127.0.0.1", true],
  ["https://[::1]:3000/x", true],
  ["http://127.0.0.1.evil.example", false],
  ["http://localhost.evil.example", false],
  ["http://0.0.0.0", false],
])("%s leads to this machine alone: %s", (url, isOwn) => {
  expect(isLoopback(url)).toBe(isOwn);
});
