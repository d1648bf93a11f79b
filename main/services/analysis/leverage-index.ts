import type { CascadeResult, LeverageIndex, SurplusResult } from '../../contract/analysis.ts';
import type { Cell } from '../../contract/cell.ts';
import type { NetworkResult } from '../../contract/network.ts';
import { drawdownCorrelation } from '../../engine/risk/drawdown-correlation.ts';
import { amplificationPart, couplingPart, leveragePart, systemicLeverageIndex } from '../../engine/risk/systemic-leverage.ts';
import type { EngineRun } from './engine-run.ts';
import { figure, percent } from './words.ts';

/** The index is refused when less of the book's gross value than this has a price that is not too old. */
export const LEAST_COVERAGE = 0.9;
/** Share of days that count as the worst. */
export const WORST_SHARE = 0.1;
/** Weight of each of the four parts. */
export const WEIGHT = 0.25;

/** What the index is made of besides the engine's run. */
export type IndexInputs = { readonly network: NetworkResult; readonly cascade: CascadeResult; readonly surplus: SurplusResult };

/** The systemic leverage index of the book with its four parts, refused by name where a part has no value or too little is known. */
export function leverageIndex(run: EngineRun, inputs: IndexInputs): LeverageIndex {
  const parts = [leverage(inputs), amplification(inputs), coupling(inputs), correlation(run, inputs)];
  const coverageFraction = freshFraction(run);
  return { value: indexValue(parts, coverageFraction), parts, coverageFraction, leastCoverageFraction: LEAST_COVERAGE };
}

type Part = LeverageIndex['parts'][number];

/** The index of its parts; refused by name below the least coverage, or where a part has no value. */
export function indexValue(parts: readonly Pick<Part, 'name' | 'value' | 'weight'>[], coverageFraction: number): Cell {
  if (coverageFraction < LEAST_COVERAGE)
    return refused(
      `only ${percent(coverageFraction, 1)} of the gross value has a fresh price; below ${percent(LEAST_COVERAGE, 0)} the index says nothing`,
    );
  const known: { value: number; weight: number }[] = [];
  for (const part of parts) {
    if (typeof part.value !== 'number') return refused(`${part.name}: ${part.value.message}`);
    known.push({ value: part.value, weight: part.weight });
  }
  return systemicLeverageIndex(known);
}

function leverage({ network: { lookThrough } }: IndexInputs): Part {
  const raw = lookThrough.leverage;
  const surface =
    typeof lookThrough.walletLeverage === 'number' ? `${figure(lookThrough.walletLeverage, 2)} × on the surface` : 'no surface leverage';
  return part('L', 'Look-through leverage', {
    raw,
    rawUnit: '×',
    value: mapped(raw, leveragePart),
    meaning: `${surface}; ${lookThrough.chainDepth} claims deep`,
  });
}

function amplification({ cascade }: IndexInputs): Part {
  const raw = cascade.lossAmplification;
  return part('A', 'Amplification', {
    raw,
    rawUnit: '×',
    value: mapped(raw, amplificationPart),
    meaning: `loss ${millions(cascade.totalLossUsd)}, of which the shock ${millions(cascade.firstRoundLossUsd)} M`,
  });
}

function coupling({ surplus }: IndexInputs): Part {
  return part('X', 'Coupling, joint ÷ parts', {
    raw: surplus.ratio,
    rawUnit: '×',
    value: couplingPart(surplus.jointUsd, surplus.sumOfPartsUsd),
    meaning: `second round ${millions(surplus.jointUsd)} together, ${millions(surplus.sumOfPartsUsd)} M as parts`,
  });
}

function correlation(run: EngineRun, { network }: IndexInputs): Part {
  const held = new Map(network.lookThrough.byAsset.map(({ assetId, netUsd }) => [assetId, netUsd]));
  const holdings = Float64Array.from(run.pack.driverIds, (id) => held.get(id) ?? 0);
  const { worst, calm, reference, days } = drawdownCorrelation(run.history.moves, holdings, WORST_SHARE);
  const value = Number.isNaN(worst) ? refused('fewer than two drivers with recorded moves, so nothing can be correlated') : worst;
  const known = Number.isNaN(worst)
    ? 'no pair of drivers'
    : `${days} days; all days ${figure(calm, 2)}, by selection ${figure(reference, 2)}`;
  return part('K', 'Correlation, worst decile', { raw: value, rawUnit: '', value, meaning: known });
}

function part(id: Part['id'], name: string, figures: Pick<Part, 'raw' | 'rawUnit' | 'value' | 'meaning'>): Part {
  return { id, name, weight: WEIGHT, ...figures };
}

function mapped(cell: Cell, share: (value: number) => number): Cell {
  if (typeof cell !== 'number') return cell;
  const value = share(cell);
  return Number.isNaN(value) ? refused('it is not above zero, so it has no share') : value;
}

function refused(message: string): Cell {
  return { reason: 'unsupported', message };
}

function millions(usd: number): string {
  return figure(usd / 1e6, 2);
}

/** Share of the gross value with a price that is not older than its limit. */
function freshFraction({ pack, values }: EngineRun): number {
  let gross = 0;
  let fresh = 0;
  pack.coverage.forEach((covered, p) => {
    const usd = values.positions.grossUsd[p] ?? 0;
    gross += usd;
    if (covered.unpricedReason === null && !covered.isStale) fresh += usd;
  });
  return gross > 0 ? fresh / gross : 0;
}
