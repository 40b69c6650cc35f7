const words =
  /\b(code|codes|pin|otp|passcode|password|verif\w*|token|c[oó]digo|kode|kod|codice|authenti\w*)\b/i;
const codes = /(?<![\w+.,:/-])(?:[A-Z]{1,2}-)?(\d{3}[- ]\d{3}|\d{4,8})(?![\w/]|[.,:-]\d)/g;

const phoneNumbers = /\+?\d[\d\s().-]{7,}\d/g;

/** The one code in a text that speaks of one, without what groups its digits; undefined when there is none or more than one. */
export function codeOf(text: string): string | undefined {
  if (text.length > 400 || !words.test(text)) return undefined;
  const found = new Set(
    [...text.replace(phoneNumbers, "+").matchAll(codes)].map(([, code = ""]) => code.replace(/\D/g, "")),
  );
  const [code] = found;
  return found.size === 1 ? code : undefined;
}
