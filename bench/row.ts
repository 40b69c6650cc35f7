/** One line of the table. */
export interface Row {
  number: number;
  work: string;
  against: string;
  goal: string;
  run(): Promise<Measured>;
}

export interface Measured {
  /** In words, with the figures of both sides. */
  figures: string;
  met: boolean;
}

export const rounds = 3;

/** Both sides by turns in one run, so that a slow minute of the machine is a slow minute of both. */
export async function alternately<One, Other>(
  one: () => Promise<One>,
  other: () => Promise<Other>,
): Promise<[One[], Other[]]> {
  const [ones, others]: [One[], Other[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    ones.push(await one());
    others.push(await other());
  }
  return [ones, others];
}
