import { packOptionBlock, SCENARIO_NUMBERS, setScenario, type OptionKernel } from '../pricing/option-block.ts';
import { POSITION_KIND, type PackedBook } from './packed-book.ts';

/** Markets by row: prices state × asset, and the shift of implied volatility of each state. */
export type StateRows = { readonly priceUsd: Float64Array; readonly volatilityShift: Float64Array };

/** Undiscounted dollar price per coin of size of every priced option, state × slot. */
export type OptionPrices = {
  readonly values: Float64Array;
  readonly slots: number;
  /** Slot of each position, −1 where it is no priced option. */
  readonly slotOf: Int32Array;
};

/** Revalues the priced options of a book in many states at once, forwards in proportion to spot and volatility by strike. */
export function revalueOptions(packed: PackedBook, states: StateRows, kernel: OptionKernel): OptionPrices {
  const { positions, initial } = packed;
  const options = pricedOptions(packed);
  const column = (of: (position: number) => number): Float64Array => Float64Array.from(options, of);
  const block = packOptionBlock({
    isCall: Uint8Array.from(options, (p) => positions.isCall[p]!),
    forward: column((p) => baseSpot(packed, positions.asset[p]!) * positions.forwardRatio[p]!),
    strike: column((p) => positions.strikeUsd[p]!),
    volatility: column((p) => positions.impliedVolatility[p]!),
    years: column((p) => positions.years[p]!),
    underlying: Int32Array.from(options, (p) => positions.asset[p]!),
  });
  const groups = block.underlyings.length;
  const count = states.volatilityShift.length;
  const scenarios = new Float64Array(count * groups * SCENARIO_NUMBERS);
  for (let s = 0; s < count; s += 1) {
    for (let group = 0; group < groups; group += 1) {
      const asset = block.underlyings[group]!;
      const multiplier = states.priceUsd[s * initial.priceUsd.length + asset]! / baseSpot(packed, asset);
      setScenario(scenarios, s * groups + group, multiplier, 1, states.volatilityShift[s]!);
    }
  }
  const values = new Float64Array(count * block.slots);
  kernel.prices(block, scenarios, values);
  const slotOf = new Int32Array(positions.count).fill(-1);
  for (let k = 0; k < options.length; k += 1) slotOf[options[k]!] = block.slotOf[k]!;
  return { values, slots: block.slots, slotOf };
}

/** The price to which multipliers refer; any positive number will do where the first price is 0 or missing. */
function baseSpot(packed: PackedBook, asset: number): number {
  const spot = packed.initial.priceUsd[asset]!;
  return spot > 0 && spot < Infinity ? spot : 1;
}

function pricedOptions({ positions }: PackedBook): Int32Array {
  const found: number[] = [];
  for (let p = 0; p < positions.count; p += 1)
    if (positions.kind[p]! >= POSITION_KIND.linearOption && positions.isUnpriced[p] === 0) found.push(p);
  return Int32Array.from(found);
}
