import { firstSign } from "./signs.ts";
import type { Target } from "../models/types.ts";

const hues = 12;

/** One of twelve hue classes, always the same for a number. */
export function hueOf(phoneNumber: string): string {
  const sum = [...phoneNumber].reduce((total, sign, index) => total + sign.charCodeAt(0) * (index + 7), 0);
  return `hue-${sum % hues}`;
}

/** The first sign of the name in capitals; undefined when there is no name to take it from. */
export function initialOf(target: Pick<Target, "name">): string | undefined {
  return firstSign(target.name ?? "")?.toLocaleUpperCase();
}
