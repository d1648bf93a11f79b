import { applyShock, copyState } from '../packed/market-state.ts';
import { FAMILY, type MarketState, type PackedBook } from '../packed/packed-book.ts';
import { scenarioMatrices } from '../packed/scenario-matrix.ts';

/** The next move of a driver at which another scenario becomes the worst of an account; NaN and −1 where none does within the range. */
export type ScenarioSwitches = {
  /** Relative moves, account × driver. */
  readonly upMove: Float64Array;
  readonly downMove: Float64Array;
  /** Row of PackedOptionMargin.scenarioModels whose worst scenario changes there, and the one that takes over. */
  readonly upMarket: Int32Array;
  readonly upScenario: Int32Array;
  readonly downMarket: Int32Array;
  readonly downScenario: Int32Array;
};

/** Moves looked at: every 1 % to −50 % and +50 %; between two of them the switch is narrowed down to 1e-6. */
const STEPS = 50;
const STEP = 0.01;
const HALVINGS = 14;

/** Distances to the next scenario of every account that is judged by scenarios, alone: nobody reacts. */
export function scenarioSwitches(packed: PackedBook): ScenarioSwitches {
  const size = packed.accounts.count * packed.drivers.length;
  const out: ScenarioSwitches = {
    upMove: new Float64Array(size).fill(NaN),
    downMove: new Float64Array(size).fill(NaN),
    upMarket: new Int32Array(size).fill(-1),
    upScenario: new Int32Array(size).fill(-1),
    downMarket: new Int32Array(size).fill(-1),
    downScenario: new Int32Array(size).fill(-1),
  };
  const state = copyState(packed.initial);
  for (let account = 0; account < packed.accounts.count; account += 1) {
    if (packed.accounts.family[account] !== FAMILY.scenarioMargin) continue;
    for (let d = 0; d < packed.drivers.length; d += 1) {
      const at = account * packed.drivers.length + d;
      const search = { packed, account, driver: d, state };
      const up = firstSwitch(search, 1);
      const down = firstSwitch(search, -1);
      if (up !== null) [out.upMove[at], out.upMarket[at], out.upScenario[at]] = [up.move, up.market, up.scenario];
      if (down !== null) [out.downMove[at], out.downMarket[at], out.downScenario[at]] = [down.move, down.market, down.scenario];
    }
  }
  return out;
}

type Search = { readonly packed: PackedBook; readonly account: number; readonly driver: number; readonly state: MarketState };
type Worst = readonly { readonly market: number; readonly scenario: number }[];

function firstSwitch(search: Search, side: 1 | -1): { readonly move: number; readonly market: number; readonly scenario: number } | null {
  const here = worstAt(search, 0);
  for (let step = 1; step <= STEPS; step += 1) {
    if (changed(here, worstAt(search, side * step * STEP)) === null) continue;
    let near = side * (step - 1) * STEP;
    let far = side * step * STEP;
    for (let i = 0; i < HALVINGS; i += 1) {
      const middle = (near + far) / 2;
      if (changed(here, worstAt(search, middle)) === null) near = middle;
      else far = middle;
    }
    const found = changed(here, worstAt(search, far));
    return found === null ? null : { move: far, ...found };
  }
  return null;
}

/** The first underlying whose worst scenario is another one, with that scenario. */
function changed(before: Worst, after: Worst): Worst[number] | null {
  return after.find((each, i) => each.scenario !== before[i]?.scenario) ?? null;
}

function worstAt({ packed, account, driver, state }: Search, move: number): Worst {
  const moves = new Float64Array(packed.drivers.length);
  moves[driver] = move;
  applyShock(packed, moves, 0, state);
  return scenarioMatrices(packed, account, state).map(({ market, binding }) => ({ market, scenario: binding }));
}
