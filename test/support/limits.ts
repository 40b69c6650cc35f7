import { Limits, usualLimits, type LimitName } from "../../src/models/limits.ts";

/** The usual limits but for these, counted without a database; what is used up stays so. */
export function countedLimits(points: Partial<Record<LimitName, number>> = {}) {
  const table = { ...usualLimits };
  for (const [name, most] of Object.entries(points) as [LimitName, number][])
    table[name] = { ...table[name], points: most };
  const spent = new Map<string, number>();
  const add = (name: LimitName, key: string, count: number) => {
    const sum = (spent.get(`${name} ${key}`) ?? 0) + count;
    spent.set(`${name} ${key}`, sum);
    return sum;
  };
  const store = {
    limits: {
      spend: (name: LimitName, limit: { points: number; seconds: number }, key: string, count: number) =>
        Promise.resolve(add(name, key, count) > limit.points ? limit.seconds * 1_000 : 0),
      giveBack: (name: LimitName, _: unknown, key: string, count: number) =>
        Promise.resolve(void add(name, key, -count)),
    },
  };
  return { limits: new Limits(store, table), spent };
}
