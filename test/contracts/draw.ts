import { randomUniform } from '../../main/engine/math/random.ts';

/** Random choices from (seed, how many were drawn before), so that every run judges the same states. */
export type Draw = {
  /** A whole number in [low, high]. */
  readonly whole: (low: number, high: number) => number;
  /** An integer in [10^low, 10^high), every power as likely. */
  readonly magnitude: (low: number, high: number) => bigint;
  /** An integer in [0, bound). */
  readonly below: (bound: bigint) => bigint;
  readonly chance: (probability: number) => boolean;
  readonly oneOf: <T>(choices: readonly T[]) => T;
};

/** The choices of a seed. */
export function drawFrom(seed: number): Draw {
  let drawn = 0;
  const uniform = (): number => {
    drawn += 1;
    return randomUniform(seed, drawn);
  };
  const whole = (low: number, high: number): number => low + Math.floor(uniform() * (high - low + 1));
  const below = (bound: bigint): bigint => (bound * BigInt(Math.floor(uniform() * 2 ** 52))) >> 52n;
  return {
    whole,
    magnitude: (low, high) => {
      const base = 10n ** BigInt(whole(low, high - 1));
      return base + below(9n * base);
    },
    below,
    chance: (probability) => uniform() < probability,
    oneOf: <T>(choices: readonly T[]): T => {
      const chosen = choices[whole(0, choices.length - 1)];
      if (chosen === undefined) throw new Error('nothing to choose from');
      return chosen;
    },
  };
}
