/*
 * Early warning: a signal warns when it reaches a level, and a warning is right when a fall follows within the horizon. Indexes are steps
 * of one series (days or bars); a missing signal (NaN) never warns and never ends a warning.
 */

/** How a warning is judged, in steps of the series. */
export type WarningRules = {
  /** A warning begins only after the signal has stayed below the level for as long. */
  readonly quiet: number;
  /** Largest number of steps from a warning to the fall it is to announce. */
  readonly horizon: number;
};

/** What a level would have been worth. */
export type WarningRecord = {
  /** Steps at which a warning begins. */
  readonly warnings: readonly number[];
  /** By fall: steps between the first warning within the horizon and the fall; NaN where none came. */
  readonly leads: Float64Array;
  /** Warnings after which no fall came within the horizon. */
  readonly falseWarnings: readonly number[];
};

/**
 * Steps at which a price is first `depth` below its highest of the last `lookback` steps; the next fall counts only when the price
 * has since been back above that line for as many steps.
 *
 * @param depth relative fall, e.g. 0.2
 */
export function findFalls(price: Float64Array, depth: number, lookback: number): number[] {
  const falls: number[] = [];
  let lastBelow = -Infinity;
  for (let t = 0; t < price.length; t += 1) {
    let peak = 0;
    for (let k = Math.max(0, t - lookback); k <= t; k += 1) if (price[k]! > peak) peak = price[k]!;
    if (!(price[t]! <= peak * (1 - depth))) continue;
    if (t - lastBelow > lookback) falls.push(t);
    lastBelow = t;
  }
  return falls;
}

/** Steps at which the signal reaches the level after a quiet time below it. The first step of the series may be one. */
export function findWarnings(signal: Float64Array, level: number, quiet: number): number[] {
  const warnings: number[] = [];
  let lastAbove = -Infinity;
  for (let t = 0; t < signal.length; t += 1) {
    if (!(signal[t]! >= level)) continue;
    if (t - lastAbove > quiet) warnings.push(t);
    lastAbove = t;
  }
  return warnings;
}

/** Warnings of a level against the falls that came. A warning on the step of the fall itself has a lead of 0 and is right. */
export function judgeWarnings(signal: Float64Array, level: number, falls: readonly number[], rules: WarningRules): WarningRecord {
  const warnings = findWarnings(signal, level, rules.quiet);
  const announces = (warning: number, fall: number): boolean => fall >= warning && fall - warning <= rules.horizon;
  const leads = Float64Array.from(falls, (fall) => {
    const first = warnings.find((warning) => announces(warning, fall));
    return first === undefined ? NaN : fall - first;
  });
  return { warnings, leads, falseWarnings: warnings.filter((warning) => !falls.some((fall) => announces(warning, fall))) };
}

/**
 * The level that was worth most: share of falls announced − share of warnings that were false, the higher level on a tie. Every value the
 * signal took is tried.
 *
 * @returns NaN for a series without a fall or without a signal: then nothing can be chosen
 */
export function chooseLevel(signal: Float64Array, falls: readonly number[], rules: WarningRules): number {
  const levels = signal.filter((value) => !Number.isNaN(value)).sort();
  if (falls.length === 0) return NaN;
  let best = NaN;
  let most = -Infinity;
  let former = NaN;
  for (const level of levels) {
    if (level === former) continue;
    former = level;
    const worth = worthOf(judgeWarnings(signal, level, falls, rules));
    if (worth < most) continue;
    most = worth;
    best = level;
  }
  return best;
}

function worthOf({ leads, warnings, falseWarnings }: WarningRecord): number {
  let announced = 0;
  for (const lead of leads) if (!Number.isNaN(lead)) announced += 1;
  return announced / leads.length - (warnings.length === 0 ? 0 : falseWarnings.length / warnings.length);
}
