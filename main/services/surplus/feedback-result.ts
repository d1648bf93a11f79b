import type { Cell } from '../../contract/cell.ts';
import type { FeedbackPoint, FeedbackResult } from '../../contract/feedback.ts';
import { ASSET_KIND } from '../../engine/packed/packed-book.ts';
import { correlationOf, volatilityRatio } from '../../engine/risk/endogenous-correlation.ts';
import { covarianceWithFeedback } from '../../engine/risk/feedback-matrix.ts';
import { CLAIM_BASIS, basisName } from '../requirement/breach-factors.ts';
import { exitResult } from './exit-result.ts';
import { tellFeedback } from './feedback-words.ts';
import { WINDOW, type FeedbackRun } from './run-feedback.ts';

/** The feedback with the words that go with it. */
export function feedbackResult(run: FeedbackRun, identity: Pick<FeedbackResult, 'runId' | 'inputsDigest'>): FeedbackResult {
  const n = run.markets.length;
  const covariance = calmCovariance(run);
  const points = run.moves.map((_, point) => pointResult(run, point, covariance));
  const referencePoint = nearestPoint(run);
  const figures = {
    ...identity,
    assumptions: run.inputs.assumptions,
    markets: run.markets.map((pool, m) => marketResult(run, pool, Math.sqrt(covariance[m * n + m] ?? 0))),
    windowFraction: WINDOW,
    points,
    calmCorrelation: rowsOf(correlationOf(covariance, n), n),
    referencePoint,
    stressedPoint: Math.max(
      0,
      points.findLastIndex((point, i) => i <= referencePoint && point.stressed !== null),
    ),
    kappaPassesOneAt: passing(run.moves, points, 'kappa'),
    reproductionPassesOneAt: passing(run.moves, points, 'reproduction'),
    exit: exitResult(run),
  };
  return { ...figures, ...tellFeedback(figures) };
}

function pointResult(run: FeedbackRun, point: number, covariance: Float64Array): FeedbackPoint {
  const n = run.markets.length;
  const { table, place } = run.placeOf(point);
  const matrix = table.matrix.subarray(place * n * n, (place + 1) * n * n);
  const after = covarianceWithFeedback(covariance, matrix, n);
  return {
    move: run.moves[point] ?? 0,
    kappa: table.kappa[place] ?? NaN,
    reproduction: table.reproduction[place] ?? NaN,
    forcedUsd: table.forcedUsd[place] ?? NaN,
    matrix: rowsOf(matrix, n),
    stressed:
      after === null
        ? null
        : { correlation: rowsOf(correlationOf(after, n), n), volatilityRatio: [...volatilityRatio(after, covariance, n)].map(orNothing) },
  };
}

/** A market whose volatility is zero has no correlation: shown as none. */
function orNothing(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

function rowsOf(matrix: Float64Array, n: number): number[][] {
  return Array.from({ length: n }, (_, i) => [...matrix.subarray(i * n, (i + 1) * n)].map(orNothing));
}

/** Daily covariance of the markets without forced sales: drivers by their history, discounts of claims stated and independent of them. */
function calmCovariance({ pack, history, markets }: FeedbackRun): Float64Array {
  const n = markets.length;
  const drivers = pack.driverIds.length;
  const driverOf = markets.map((pool) => pack.packed.drivers.indexOf(pack.packed.depth.asset[pool] ?? -1));
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [first = -1, second = -1] = [driverOf[Math.floor(at / n)], driverOf[at % n]];
    if (first >= 0 && second >= 0) return history.covariance[first * drivers + second] ?? NaN;
    return Math.floor(at / n) === at % n ? CLAIM_BASIS ** 2 : 0;
  });
}

function marketResult({ pack, inputs }: FeedbackRun, pool: number, dailyVolatility: number): FeedbackResult['markets'][number] {
  const { depth, assets, initial } = pack.packed;
  const asset = depth.asset[pool] ?? 0;
  const isClaim = (assets.kind[asset] ?? 0) > ASSET_KIND.stable;
  const left = (depth.reserveQuantity[pool] ?? NaN) * (1 - inputs.assumptions.depthThinningFraction);
  const assetId = pack.assetIds[asset] ?? '';
  return {
    id: isClaim ? basisName(pack, asset) : assetId,
    depthUsd: (left * (initial.priceUsd[asset] ?? NaN)) / 4,
    dailyVolatility,
    volatilitySource: isClaim ? 'stated; independent of the drivers' : `daily closes of ${inputs.snapshot.name}, decay 0.94`,
    depthSource: inputs.snapshot.depth.find((each) => each.assetId === assetId)?.source ?? '',
  };
}

/** The place nearest to the shock: the drivers' mean move, each per unit of its beta. */
function nearestPoint({ inputs, pack, moves }: FeedbackRun): number {
  const { betas } = inputs.scenarioSet;
  let along = 0;
  let square = 0;
  for (const id of pack.driverIds) {
    along += (betas[id] ?? 0) * (inputs.shock.moves[id] ?? 0);
    square += (betas[id] ?? 0) ** 2;
  }
  const move = square > 0 ? along / square : 0;
  return moves.reduce((best, each, i) => (Math.abs(each - move) < Math.abs((moves[best] ?? 0) - move) ? i : best), 0);
}

/** First move at which a figure reaches one, between two places by the straight line. */
function passing(moves: readonly number[], points: readonly FeedbackPoint[], name: 'kappa' | 'reproduction'): Cell {
  const at = points.findIndex((point) => point[name] >= 1);
  if (at < 0)
    return { reason: 'unsupported', message: `it stays below one down to ${((moves.at(-1) ?? 0) * 100).toFixed(0)} % of the common axis` };
  const [here, before] = [points[at], points[at - 1]];
  if (here === undefined || before === undefined) return moves[at] ?? 0;
  return before.move + ((here.move - before.move) * (1 - before[name])) / (here[name] - before[name]);
}
