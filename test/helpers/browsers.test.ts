import { expect, test } from "vitest";
import { browserName } from "../../src/helpers/browsers.ts";

const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit";

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  [`${mac}/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`, "Safari on macOS"],
  [`${mac}/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36`, "Chrome on macOS"],
  ["", "A program"],
  ["node", "A program"],
  ["<script>alert(1)</script>", "A program"],
])("%j is %s", (userAgent, name) => {
  expect(browserName(userAgent)).toBe(name);
});
