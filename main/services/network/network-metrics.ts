import type { NetworkMetric, NetworkResult } from '../../contract/network.ts';
import type { Cell } from '../../contract/cell.ts';
import { instantToMs } from '../../domain/time.ts';
import { analyseBacking, expectedDepth, lookThrough, type BackingGraph } from '../../engine/collateral/look-through.ts';
import { collateralVelocity } from '../../engine/collateral/collateral-velocity.ts';
import { ASSET_KIND, FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { EngineRun } from '../analysis/engine-run.ts';
import { jointMoveFigures } from './joint-moves.ts';
import { type Figure, orRefused } from './metric-figure.ts';
import { runOffFigures } from './run-off-figures.ts';
import { figure, listing, money, percent, plural } from '../analysis/words.ts';

/** What is measured elsewhere and only shown here. */
export type Measured = {
  readonly lookThrough: NetworkResult['lookThrough'];
  readonly loops: NetworkResult['loops'];
  readonly underBacked: NetworkResult['underBacked'];
  readonly crossProtocolFraction: number;
  readonly topRow: NetworkResult['exposures']['rows'][number] | undefined;
};

const HOUR_MS = 3_600_000;
const WINDOWS = [
  { id: 'velocityHour', title: 'Collateral velocity, 1 h', ms: HOUR_MS },
  { id: 'velocityDay', title: 'Collateral velocity, 1 d', ms: 24 * HOUR_MS },
  { id: 'velocityWeek', title: 'Collateral velocity, 7 d', ms: 168 * HOUR_MS },
] as const;

/** Every metric of the book as a network, in reading order, with age and coverage. */
export function networkMetrics(run: EngineRun, measured: Measured): NetworkMetric[] {
  const held = holdings(run, false);
  const known = { asOf: run.inputs.snapshot.asOf, ...freshness(run, held) };
  const figures: Figure[] = [
    {
      id: 'lookThroughLeverage',
      title: 'Look-through leverage',
      unit: '×',
      value: measured.lookThrough.leverage,
      meaning:
        typeof measured.lookThrough.walletLeverage === 'number'
          ? `${figure(measured.lookThrough.walletLeverage, 2)} × on the surface`
          : 'no surface leverage',
    },
    ...depthFigures(run, held, measured),
    {
      id: 'debtFinancedFraction',
      title: 'Debt-financed collateral',
      unit: 'fraction',
      value: measured.lookThrough.debtFinancedFraction,
      meaning: 'of what is pledged, matched by debt in the same coin',
    },
    loopFigure(measured),
    {
      id: 'crossProtocolFraction',
      title: 'Cross-protocol exposure',
      unit: 'fraction',
      value: orRefused(measured.crossProtocolFraction, 'nothing is held'),
      meaning:
        measured.topRow === undefined
          ? 'nothing is held'
          : `most concentrated: ${measured.topRow.venueName}, index ${figure(measured.topRow.concentration ?? 0, 2)}`,
      coverageFraction: issuerCoverage(run, held),
    },
    ...velocityFigures(run),
    ...jointMoveFigures(run, measured.lookThrough.byAsset),
    ...runOffFigures(run, known.ageMs),
    {
      id: 'underBackedClaims',
      title: 'Under-backed claims',
      unit: 'claims',
      value: measured.underBacked.length,
      meaning:
        measured.underBacked.length === 0 ? 'none quoted above its backing' : listing(measured.underBacked.map(({ assetId }) => assetId)),
    },
  ];
  const dayBefore: Cell = { reason: 'unsupported', message: 'not compared with the day before' };
  return figures.map((each) => ({ ...known, dayBefore, ...each }));
}

/** Value held by asset, USD: everything, or only what is pledged to a lender or posted as margin. */
function holdings({ pack }: EngineRun, isPledgedOnly: boolean): Float64Array {
  const { positions, accounts, initial, assets } = pack.packed;
  const valueUsd = new Float64Array(assets.count);
  for (let p = 0; p < positions.count; p += 1) {
    const isFree = accounts.family[positions.account[p] ?? 0] === FAMILY.custody;
    if (positions.kind[p] !== POSITION_KIND.holding || (isPledgedOnly && (isFree || !((positions.collateralFraction[p] ?? 0) > 0))))
      continue;
    const asset = positions.asset[p] ?? 0;
    valueUsd[asset] = (valueUsd[asset] ?? 0) + Math.max(0, (positions.quantity[p] ?? 0) * (initial.priceUsd[asset] ?? 0));
  }
  return valueUsd;
}

/** Age of the oldest price among what is held, and the share of the held value with a price that is not too old. */
function freshness({ pack }: EngineRun, held: Float64Array): Pick<NetworkMetric, 'ageMs' | 'coverageFraction'> {
  let ageMs = 0;
  let fresh = 0;
  let total = 0;
  held.forEach((usd, asset) => {
    const covered = pack.assetCoverage[asset];
    if (!(usd > 0) || covered === undefined) return;
    ageMs = Math.max(ageMs, covered.ageMs);
    total += usd;
    if (!covered.isStale && covered.unpricedReason === null) fresh += usd;
  });
  return { ageMs, coverageFraction: total > 0 ? Math.min(1, fresh / total) : 1 };
}

/** Share of the held value of which the issuer is known, or which has none because it is a coin or its plain wrapper. */
function issuerCoverage({ inputs, pack }: EngineRun, held: Float64Array): number {
  let known = 0;
  let total = 0;
  held.forEach((usd, asset) => {
    total += usd;
    const row = inputs.contents.assets[asset];
    if (row?.issuer !== null || pack.packed.assets.kind[asset] === ASSET_KIND.base || row.kind === 'wrapper') known += usd;
  });
  return total > 0 ? Math.min(1, known / total) : 1;
}

/** Backing in shares of value; `place` gives the node of an asset: claims first, then the rest. */
function valueGraph({ pack }: EngineRun): {
  readonly graph: BackingGraph;
  readonly place: Int32Array;
  readonly debtClaims: readonly number[];
} {
  const { assets, initial } = pack.packed;
  const isClaim = (asset: number): boolean => (assets.backing.start[asset + 1] ?? 0) > (assets.backing.start[asset] ?? 0);
  const all = Array.from({ length: assets.count }, (_, asset) => asset);
  const claims = all.filter(isClaim);
  const place = new Int32Array(assets.count);
  [...claims, ...all.filter((asset) => !isClaim(asset))].forEach((asset, node) => {
    place[asset] = node;
  });
  const start = new Int32Array(claims.length + 1);
  const target: number[] = [];
  const weight: number[] = [];
  claims.forEach((claim, node) => {
    const edges = Array.from(assets.backing.target.subarray(assets.backing.start[claim], assets.backing.start[claim + 1]), (to, k) => ({
      to,
      usd: (assets.backing.weight[(assets.backing.start[claim] ?? 0) + k] ?? 0) * (initial.priceUsd[to] ?? 0),
    }));
    const total = edges.reduce((sum, { usd }) => sum + usd, 0);
    for (const { to, usd } of edges) {
      target.push(place[to] ?? 0);
      weight.push(total > 0 ? usd / total : 0);
    }
    start[node + 1] = target.length;
  });
  const graph = {
    claims: claims.length,
    bases: assets.count - claims.length,
    start,
    target: Int32Array.from(target),
    weight: Float64Array.from(weight),
  };
  return { graph, place, debtClaims: claims.flatMap((claim, node) => (assets.kind[claim] === ASSET_KIND.debtClaim ? [node] : [])) };
}

function depthFigures(run: EngineRun, held: Float64Array, { lookThrough: totals }: Measured): Figure[] {
  const { graph, place, debtClaims } = valueGraph(run);
  const analysis = analyseBacking(graph);
  const through = (values: Float64Array) => {
    const nodes = new Float64Array(values.length);
    values.forEach((usd, asset) => {
      nodes[place[asset] ?? 0] = usd;
    });
    const found = lookThrough(graph, analysis, nodes);
    return found === null
      ? null
      : { depth: expectedDepth(found, nodes), lent: debtClaims.reduce((sum, claim) => sum + (found.grossByClaim[claim] ?? 0), 0) };
  };
  const pledged = holdings(run, true);
  const pledgedUsd = pledged.reduce((sum, usd) => sum + usd, 0);
  const [ofHeld, ofPledged] = [through(held), through(pledged)];
  const circular: Cell = { reason: 'circular', message: 'claims back each other with a gain at or above one, so chains have no end' };
  const none = 'nothing is pledged';
  const reusable = reusableFraction(run);
  return [
    {
      id: 'collateralMultiplier',
      title: 'Collateral multiplier',
      unit: '×',
      value: ofPledged === null ? circular : orRefused(1 + ofPledged.depth, none),
      meaning: `claims and pledges on ${money(pledgedUsd)} of collateral`,
    },
    {
      id: 'rehypothecationFactor',
      title: 'Rehypothecation factor',
      unit: '×',
      value: ofPledged === null ? circular : orRefused(pledgedUsd > 0 ? 1 + ofPledged.lent / pledgedUsd : NaN, none),
      meaning: `${percent(reusable, 0)} of pledges may be used again by the venue, how often is not known`,
      coverageFraction: 1 - reusable,
    },
    { id: 'chainDepth', title: 'Chain depth', unit: 'claims', value: totals.chainDepth, meaning: 'longest chain of claims down to a coin' },
    {
      id: 'expectedDepth',
      title: 'Expected depth',
      unit: 'claims',
      value: ofHeld === null ? circular : orRefused(ofHeld.depth, 'nothing is held'),
      meaning: 'by value over all holdings, coins at 0',
    },
  ];
}

/** Share of the pledged value that its pledgee may use again. */
function reusableFraction({ inputs, pack }: EngineRun): number {
  let total = 0;
  let reusable = 0;
  for (const pledge of inputs.contents.pledges) {
    const usd = Number(pledge.quantity) * (pack.packed.initial.priceUsd[pack.assetIndex.get(pledge.assetId) ?? -1] ?? 0);
    total += usd;
    if (pledge.isReusable) reusable += usd;
  }
  return total > 0 ? reusable / total : 0;
}

function loopFigure({ loops }: Measured): Figure {
  const [largest] = loops.toSorted((left, right) => right.gain - left.gain);
  const failed = largest !== undefined && typeof largest.turns !== 'number' ? largest.turns : null;
  return {
    id: 'largestGain',
    title: 'Largest loop gain',
    unit: '',
    value: failed ?? largest?.gain ?? 0,
    meaning: largest === undefined ? 'no loop' : `${largest.name}, one of ${figure(loops.length, 0)} ${plural(loops.length, 'loop')}`,
  };
}

/** Velocity over the windows that end with the market or the last pledge, whichever is later. */
function velocityFigures({ inputs, pack }: EngineRun): Figure[] {
  const events = (inputs.pledgeLog?.events ?? []).filter((event) => pack.assetIndex.has(event.assetId));
  const log = {
    atMs: Float64Array.from(events, ({ at }) => instantToMs(at)),
    asset: Int32Array.from(events, ({ assetId }) => pack.assetIndex.get(assetId) ?? 0),
    quantity: Float64Array.from(events, ({ quantityChange }) => quantityChange),
  };
  const openingQuantity = new Float64Array(pack.packed.assets.count);
  const add = (assetId: string, quantity: number): void => {
    const asset = pack.assetIndex.get(assetId) ?? -1;
    if (asset >= 0) openingQuantity[asset] = (openingQuantity[asset] ?? 0) + quantity;
  };
  for (const pledge of inputs.contents.pledges) add(pledge.assetId, Number(pledge.quantity));
  for (const event of events) add(event.assetId, -event.quantityChange);
  const untilMs = Math.max(instantToMs(inputs.snapshot.asOf), log.atMs.at(-1) ?? 0);
  const reaches = inputs.pledgeLog?.reachesBackTo ?? null;
  return WINDOWS.map(({ id, title, ms }) => {
    const { velocity, receivedUsd, primaryUsd } = collateralVelocity(
      log,
      { openingQuantity, priceUsd: pack.packed.initial.priceUsd },
      untilMs - ms,
      untilMs,
    );
    return {
      id,
      title,
      unit: '×' as const,
      value: orRefused(velocity, 'nothing was pledged'),
      meaning:
        reaches === null
          ? 'the book remembers no change of a pledge'
          : `${money(receivedUsd)} pledged, ${money(primaryUsd)} of it from outside`,
      coverageFraction: reaches === null ? 0 : Math.max(0, Math.min(1, (untilMs - instantToMs(reaches)) / ms)),
    };
  });
}
