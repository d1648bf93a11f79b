/** A requirement that is the worst of several scenarios: M = maxₛ Σⱼ loss[s][j] xⱼ + Σⱼ addOnⱼ |xⱼ|. */
export type ScenarioMargin = {
  readonly scenarios: number;
  /** Loss in USD per unit of position j in scenario s, at [s × positions + j]; losses above zero. */
  readonly lossRows: Float64Array;
  /** Signed quantities. */
  readonly quantities: Float64Array;
  /** Charged per unit whatever the scenario, >= 0. */
  readonly addOnPerUnit: Float64Array;
  readonly cashUsd: number;
  /** Equity of one unit of each position, USD. */
  readonly unitValueUsd: Float64Array;
};

/** How far one position may be bought or sold before another scenario becomes the worst. Units of the position, >= 0; NaN = never. */
export type SwitchDistance = {
  readonly up: number;
  /** Lowest index of the scenarios that take over there; −1 = none. */
  readonly upScenario: number;
  readonly down: number;
  readonly downScenario: number;
};

/** Levels and one-sided slopes of a max-of-scenarios requirement. Low and High differ at a tie or at a position of zero. */
export type ScenarioGreeks = {
  readonly scenarioLossUsd: Float64Array;
  readonly requirementUsd: number;
  readonly excessUsd: number;
  /** Lowest index of the worst scenarios. */
  readonly activeScenario: number;
  readonly activeSet: readonly number[];
  readonly requirementSlopeLowUsd: Float64Array;
  readonly requirementSlopeHighUsd: Float64Array;
  readonly excessSlopeLowUsd: Float64Array;
  readonly excessSlopeHighUsd: Float64Array;
  /** Σ xⱼ loss[active][j]: the worst loss again, by Euler's theorem for homogeneous functions of degree one. */
  readonly eulerSumUsd: number;
  readonly distances: readonly SwitchDistance[];
};

/** Two losses closer than this share of the terms they are sums of differ only by rounding: they tie. */
const ROUNDING = 64 * Number.EPSILON;

/**
 * Requirement Greeks of a max-of-scenarios margin. The maximum is piecewise linear, so its second derivative is zero or does not exist;
 * what takes a gamma's place is the distance to the next scenario. At a tie every worst scenario is a slope, and the answer
 * is their interval. The requirement has no floor at zero.
 */
export function scenarioGreeks(margin: ScenarioMargin): ScenarioGreeks {
  const { scenarios, lossRows, quantities, addOnPerUnit, cashUsd, unitValueUsd } = margin;
  const n = quantities.length;
  const loss = new Float64Array(scenarios);
  const blur = new Float64Array(scenarios);
  for (let s = 0; s < scenarios; s += 1) {
    for (let j = 0; j < n; j += 1) {
      const term = lossRows[s * n + j]! * quantities[j]!;
      loss[s]! += term;
      blur[s]! += Math.abs(term) * ROUNDING;
    }
  }
  const activeSet = worstScenarios(loss, blur);
  const active = activeSet[0] ?? 0;
  let addOn = 0;
  let value = cashUsd;
  const low = new Float64Array(n);
  const high = new Float64Array(n);
  for (let j = 0; j < n; j += 1) {
    const x = quantities[j]!;
    const charge = addOnPerUnit[j]!;
    addOn += charge * Math.abs(x);
    value += unitValueUsd[j]! * x;
    let least = Infinity;
    let most = -Infinity;
    for (const s of activeSet) {
      least = Math.min(least, lossRows[s * n + j]!);
      most = Math.max(most, lossRows[s * n + j]!);
    }
    low[j] = least + (x === 0 ? -charge : charge * Math.sign(x));
    high[j] = most + (x === 0 ? charge : charge * Math.sign(x));
  }
  const requirementUsd = loss[active]! + addOn;
  return {
    scenarioLossUsd: loss,
    requirementUsd,
    excessUsd: value - requirementUsd,
    activeScenario: active,
    activeSet,
    requirementSlopeLowUsd: low,
    requirementSlopeHighUsd: high,
    excessSlopeLowUsd: high.map((slope, j) => unitValueUsd[j]! - slope),
    excessSlopeHighUsd: low.map((slope, j) => unitValueUsd[j]! - slope),
    eulerSumUsd: loss[active]!,
    distances: Array.from(quantities, (_, j) => switchDistance(margin, { loss, blur, active }, j)),
  };
}

/** Indexes of the largest losses, ascending. */
function worstScenarios(loss: Float64Array, blur: Float64Array): readonly number[] {
  let best = 0;
  for (let s = 1; s < loss.length; s += 1) if (loss[s]! > loss[best]!) best = s;
  const worst: number[] = [];
  for (let s = 0; s < loss.length; s += 1) if (loss[best]! - loss[s]! <= blur[best]! + blur[s]!) worst.push(s);
  return worst;
}

type Losses = { readonly loss: Float64Array; readonly blur: Float64Array; readonly active: number };

function switchDistance(margin: ScenarioMargin, losses: Losses, j: number): SwitchDistance {
  const up = firstSwitch(margin, losses, { j, sign: 1 });
  const down = firstSwitch(margin, losses, { j, sign: -1 });
  return { up: up.distance, upScenario: up.scenario, down: down.distance, downScenario: down.scenario };
}

/** Smallest t at which a scenario that is steeper along ±j overtakes the active one; 0 at a tie with a steeper one. */
function firstSwitch(
  { scenarios, lossRows, quantities }: ScenarioMargin,
  { loss, blur, active }: Losses,
  { j, sign }: { readonly j: number; readonly sign: 1 | -1 },
): { readonly distance: number; readonly scenario: number } {
  const n = quantities.length;
  let distance = NaN;
  let scenario = -1;
  for (let s = 0; s < scenarios; s += 1) {
    const steeper = sign * (lossRows[s * n + j]! - lossRows[active * n + j]!);
    if (!(steeper > 0)) continue;
    const gap = loss[active]! - loss[s]!;
    const rounding = blur[active]! + blur[s]!;
    const reach = gap <= rounding ? 0 : gap / steeper;
    // Scenarios that take over at the same point differ by rounding only: the lowest index names the point.
    if (scenario >= 0 && reach >= distance - rounding / steeper) continue;
    distance = reach;
    scenario = s;
  }
  return { distance, scenario };
}
