import { expect, test } from "vitest";
import { codeOf } from "../../src/helpers/codes.ts";

test.each([
  ["Your code is 482913", "482913"],
  ["G-123456 is your Google verification code.", "123456"],
  ["Use 123-456 to verify your account", "123456"],
  ["Din kod: 4821.", "4821"],
  ["Your PIN is 1234, valid until 10:30", "1234"],
  ["Your code is 482913. Or ring +1 501 208 0731", "482913"],
  ["482913", undefined],
  ["Ring me at 5012080947", undefined],
  ["Your code is 482913, or 111222", undefined],
  ["The code costs 1234.50", undefined],
  ["Your code: +15012080947", undefined],
  ["Encode 482913", undefined],
])("the code in “%s” is %s", (text, code) => {
  expect(codeOf(text)).toBe(code);
});
