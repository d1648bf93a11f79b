import { logRatio } from './black.ts';

/** Smallest volatility after a downward shift; an option never becomes certain by a scenario. */
export const LEAST_VOLATILITY = 0.01;
/** Stands for the logarithm of 0 and of ∞, where Φ is 0 or 1 for any deviation below 1,000; finite, so that two of them cancel. */
const FAR = 1e6;

/**
 * Columns of a block; the two options of a pair stand side by side in each. The sums of a scenario that only scales the volatilities
 * read the first eight, of any other the first three and the next three; the prices read what they name.
 */
export const BLOCK_COLUMN = {
  logMoneyness: 0,
  /** quantity × discount × forward, and × strike. */
  weightedForward: 1,
  weightedStrike: 2,
  /** 1 / (σ√T) and σ√T / 2. */
  inverseDeviation: 3,
  halfDeviation: 4,
  /** The smooth weight × 1 / (σ√T), × √T and × σ / √T: what the density counts for in gamma, vega and decay. */
  gammaWeight: 5,
  vegaWeight: 6,
  decayWeight: 7,
  volatility: 8,
  /** √years, at least {@link LEAST_ROOT_TIME}. */
  rootTime: 9,
  /** The weighted forward of an option that has time left, else 0: a payoff has a kink and no second derivative. */
  smoothWeight: 10,
  forward: 11,
  strike: 12,
  /** 0 call, 1 put: by how much the forward less the strike is taken off the call. */
  putWeight: 13,
} as const;
export const BLOCK_COLUMNS = 14;
/** Keeps the division by a deviation finite when there is no time left. */
const LEAST_ROOT_TIME = 1e-150;

/**
 * Numbers of a group: weighted forwards and strikes of its puts, which parity takes off at once; 1/spot; rate per year; its least
 * volatility, NaN where one is missing.
 */
export const GROUP_NUMBERS = 5;

/** Places of one scenario's sums: position-weighted price, and its derivatives by spot, spot twice, volatility (per 1.00) and passing time (per year). */
export const BLOCK_SUM = { price: 0, delta: 1, gamma: 2, vega: 3, theta: 4 } as const;
export const BLOCK_SUMS = 5;

/** Numbers of one underlying in one scenario: ln multiplier, multiplier of the forward, factor and shift of the volatility. */
export const SCENARIO_NUMBERS = 4;

/** Terms of European options on forwards, one entry each. */
export type OptionTerms = {
  /** 1 call, 0 put. */
  readonly isCall: Uint8Array;
  readonly forward: Float64Array;
  readonly strike: Float64Array;
  readonly volatility: Float64Array;
  readonly years: Float64Array;
  /** Any number that options moving together share; groups are in ascending order of it. */
  readonly underlying: Int32Array;
};

/** What sums need besides the terms. */
export type OptionWeights = {
  /** Signed, one entry per option. */
  readonly quantity: Float64Array;
  /** By underlying: the spot price to which delta and gamma refer, forwards moving in proportion. At 0 both are 0. */
  readonly spotUsd: Float64Array;
  /** By underlying: continuously compounded rate that discounts the payoff. */
  readonly ratePerYear: Float64Array;
};

/** Options in pairs by underlying with all that does not depend on the scenario computed once. An odd group ends in an empty option. */
export type OptionBlock = {
  /** Pair × column × 2. */
  readonly columns: Float64Array;
  /** Underlying of each group, ascending. */
  readonly underlyings: Int32Array;
  /** First pair behind each group. */
  readonly groupEnd: Int32Array;
  /** Group × {@link GROUP_NUMBERS}. */
  readonly groupNumbers: Float64Array;
  /** Two per pair. */
  readonly slots: number;
  /** Slot of each option as given. */
  readonly slotOf: Int32Array;
};

/** Revalues whole blocks. Every implementation fills the same bits, except the one that rounds once per multiplication and addition. */
export type OptionKernel = {
  readonly name: 'scalar' | 'strict' | 'relaxed';
  /** Undiscounted price of every slot in every scenario, scenario × slot, USD; absolute error below 4e-15 × (forward + strike). */
  readonly prices: (block: OptionBlock, scenarios: Float64Array, out: Float64Array) => void;
  /** {@link BLOCK_SUMS} of every scenario, scenario × sum. */
  readonly sums: (block: OptionBlock, scenarios: Float64Array, out: Float64Array) => void;
};

/** Packs options once for many scenarios. Without weights all sums are 0. */
export function packOptionBlock(terms: OptionTerms, weights: OptionWeights | null = null): OptionBlock {
  const { underlying } = terms;
  const count = underlying.length;
  const order = Uint32Array.from(underlying, (_, option) => option);
  // Options mostly come in order already.
  if (underlying.some((value, option) => value < underlying[option - 1]!))
    order.sort((left, right) => underlying[left]! - underlying[right]! || left - right);
  const slotOf = new Int32Array(count);
  const underlyings: number[] = [];
  const groupEnd: number[] = [];
  let slots = 0;
  for (let place = 0; place < count; place += 1) {
    const option = order[place]!;
    const isNew = place === 0 || underlying[option] !== underlying[order[place - 1]!];
    if (isNew) {
      slots += slots % 2;
      underlyings.push(underlying[option]!);
      groupEnd.push(0);
    }
    slotOf[option] = slots;
    slots += 1;
    groupEnd[groupEnd.length - 1] = (slots + 1) >> 1;
  }
  slots += slots % 2;
  const block: OptionBlock = {
    columns: new Float64Array(slots * BLOCK_COLUMNS),
    underlyings: Int32Array.from(underlyings),
    groupEnd: Int32Array.from(groupEnd),
    groupNumbers: new Float64Array(groupEnd.length * GROUP_NUMBERS),
    slots,
    slotOf,
  };
  // What stays of this is the empty option of an odd group: worth nothing, with a deviation that can be divided by.
  for (let slot = 0; slot < slots; slot += 1) block.columns[firstColumn(slot) + 2 * BLOCK_COLUMN.rootTime] = 1;
  for (let option = 0; option < count; option += 1) packOption(terms, option, block);
  if (weights !== null) weighGroups(terms, weights, order, block);
  return block;
}

function packOption(terms: OptionTerms, option: number, { columns, slotOf }: OptionBlock): void {
  const forward = terms.forward[option]!;
  const strike = terms.strike[option]!;
  const rootTime = Math.sqrt(terms.years[option]!);
  const at = firstColumn(slotOf[option]!);
  columns[at + 2 * BLOCK_COLUMN.logMoneyness] = forward === strike ? 0 : finite(logRatio(forward, strike));
  columns[at + 2 * BLOCK_COLUMN.volatility] = terms.volatility[option]!;
  columns[at + 2 * BLOCK_COLUMN.rootTime] = rootTime < LEAST_ROOT_TIME ? LEAST_ROOT_TIME : rootTime;
  columns[at + 2 * BLOCK_COLUMN.forward] = forward;
  columns[at + 2 * BLOCK_COLUMN.strike] = strike;
  columns[at + 2 * BLOCK_COLUMN.putWeight] = 1 - terms.isCall[option]!;
}

/** Fills the weighted columns and what each group's puts take off. */
function weighGroups(terms: OptionTerms, weights: OptionWeights, order: Uint32Array, block: OptionBlock): void {
  const { slotOf, underlyings, groupNumbers } = block;
  let group = 0;
  for (let place = 0; place < order.length; place += 1) {
    const option = order[place]!;
    const underlying = terms.underlying[option]!;
    const isNew = place === 0 || underlying !== underlyings[group];
    if (underlying !== underlyings[group]) group += 1;
    const rate = weights.ratePerYear[underlying]!;
    const spot = weights.spotUsd[underlying]!;
    const weight = weights.quantity[option]! * Math.exp(-rate * terms.years[option]!);
    weighOption(block, slotOf[option]!, weight * terms.forward[option]!, weight * terms.strike[option]!, terms.years[option] === 0);
    const to = group * GROUP_NUMBERS;
    if (terms.isCall[option] === 0) {
      groupNumbers[to] = groupNumbers[to]! + weight * terms.forward[option]!;
      groupNumbers[to + 1] = groupNumbers[to + 1]! + weight * terms.strike[option]!;
    }
    groupNumbers[to + 2] = spot === 0 ? 0 : 1 / spot;
    groupNumbers[to + 3] = rate;
    groupNumbers[to + 4] = isNew ? terms.volatility[option]! : Math.min(groupNumbers[to + 4]!, terms.volatility[option]!);
  }
}

/** Fills the columns of one option that only sums read. */
function weighOption({ columns }: OptionBlock, slot: number, weightedForward: number, weightedStrike: number, isOver: boolean): void {
  const at = firstColumn(slot);
  const volatility = columns[at + 2 * BLOCK_COLUMN.volatility]!;
  const rootTime = columns[at + 2 * BLOCK_COLUMN.rootTime]!;
  const inverse = 1 / (volatility * rootTime);
  const smooth = isOver ? 0 : weightedForward;
  columns[at + 2 * BLOCK_COLUMN.weightedForward] = weightedForward;
  columns[at + 2 * BLOCK_COLUMN.weightedStrike] = weightedStrike;
  columns[at + 2 * BLOCK_COLUMN.inverseDeviation] = inverse;
  columns[at + 2 * BLOCK_COLUMN.halfDeviation] = 0.5 * (volatility * rootTime);
  columns[at + 2 * BLOCK_COLUMN.gammaWeight] = smooth * inverse;
  columns[at + 2 * BLOCK_COLUMN.vegaWeight] = smooth * rootTime;
  columns[at + 2 * BLOCK_COLUMN.decayWeight] = smooth * inverse * (volatility * volatility);
  columns[at + 2 * BLOCK_COLUMN.smoothWeight] = smooth;
}

/** Place of a slot's first column. */
function firstColumn(slot: number): number {
  return (slot >> 1) * 2 * BLOCK_COLUMNS + (slot & 1);
}

/**
 * Writes what happens to one underlying in one scenario.
 *
 * @param place scenario × number of groups + group
 * @param multiplier of every forward, >= 0, e.g. 0.82 for a fall of 18 %
 * @param volatilityFactor multiplies every volatility; then `volatilityShift` is added and the sum floored at {@link LEAST_VOLATILITY}
 */
export function setScenario(
  scenarios: Float64Array,
  place: number,
  multiplier: number,
  volatilityFactor: number,
  volatilityShift: number,
): void {
  const at = place * SCENARIO_NUMBERS;
  scenarios[at] = finite(Math.log(multiplier));
  scenarios[at + 1] = multiplier;
  scenarios[at + 2] = volatilityFactor;
  scenarios[at + 3] = volatilityShift;
}

/** The logarithms of 0 and ∞ kept finite; NaN stays. */
function finite(logarithm: number): number {
  return logarithm < -FAR ? -FAR : logarithm > FAR ? FAR : logarithm;
}
