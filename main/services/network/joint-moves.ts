import type { NetworkResult } from '../../contract/network.ts';
import { instantToMs } from '../../domain/time.ts';
import { drawdownCorrelation } from '../../engine/risk/drawdown-correlation.ts';
import { tailDependence } from '../../engine/risk/tail-dependence.ts';
import type { EngineRun } from '../analysis/engine-run.ts';
import { figure, percent } from '../analysis/words.ts';
import { type Figure, orRefused } from './metric-figure.ts';

/** Share of days that count as the book's worst. */
const WORST_SHARE = 0.1;
/** The tail of an asset in which dependence is counted. */
const TAIL_SHARE = 0.05;
const DAY_MS = 86_400_000;

type Exposures = NetworkResult['lookThrough']['byAsset'];

/** How the drivers of the book move together when it hurts: on the book's worst days, and on their own. */
export function jointMoveFigures(run: EngineRun, byAsset: Exposures): Figure[] {
  const held = new Map(byAsset.map(({ assetId, netUsd }) => [assetId, netUsd]));
  const exposure = Float64Array.from(run.pack.driverIds, (id) => held.get(id) ?? 0);
  const { worst, calm, reference, days } = drawdownCorrelation(run.history.moves, exposure, WORST_SHARE);
  return [
    {
      id: 'drawdownCorrelation',
      title: 'Correlation in drawdown',
      unit: '',
      value: orRefused(worst, 'fewer than two drivers with recorded moves, so nothing can be correlated'),
      meaning: Number.isNaN(worst)
        ? 'no pair of drivers'
        : `${figure(days, 0)} worst days; ${figure(reference, 2)} by selection alone, ${figure(calm, 2)} on all days`,
    },
    tailFigure(run, byAsset),
  ];
}

function tailFigure({ history, historyDays, inputs, pack }: EngineRun, byAsset: Exposures): Figure {
  const { lower, low, high, reference, tailDays, days } = tailDependence(history.moves, pack.driverIds.length, TAIL_SHARE);
  const drivers = new Set(pack.driverIds);
  const size = (rows: Exposures): number => rows.reduce((sum, { netUsd }) => sum + Math.abs(netUsd), 0);
  const totalUsd = size(byAsset);
  const last = historyDays.at(-1);
  return {
    id: 'tailDependence',
    title: 'Tail dependence, lower 5 %',
    unit: '',
    value: orRefused(
      lower,
      `fewer than two drivers that move, or fewer than five days in a tail (${figure(days, 0)} recorded), so no tail can be compared`,
    ),
    meaning: Number.isNaN(lower)
      ? 'no pair of drivers'
      : `${figure(low, 2)} to ${figure(high, 2)} at 95 %, ${figure(tailDays, 0)} of ${figure(days, 0)} days each; ` +
        `${figure(reference, 2)} if moves were normal, ${percent(TAIL_SHARE)} if apart`,
    coverageFraction: totalUsd > 0 ? Math.min(1, size(byAsset.filter(({ assetId }) => drivers.has(assetId))) / totalUsd) : 1,
    ...(last === undefined ? {} : { ageMs: Math.max(0, instantToMs(inputs.snapshot.asOf) - instantToMs(`${last}T00:00:00Z`) - DAY_MS) }),
  };
}
