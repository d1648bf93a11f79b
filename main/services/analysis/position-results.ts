import type { PositionResult } from '../../contract/analysis.ts';
import type { Cell } from '../../contract/cell.ts';
import { FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { isJudgedWhole } from '../../engine/packed/unit-requirement.ts';
import type { EngineRun } from './engine-run.ts';

/** Every position of the book in the book's order, as the screens and reports show it. */
export function positionResults(run: EngineRun): PositionResult[] {
  return run.inputs.contents.positions.map((position) =>
    positionResult(run, run.pack.positionIndex.get(position.id) ?? -1, position.quantity),
  );
}

function positionResult(run: EngineRun, p: number, quantityText: string): PositionResult {
  const { pack, values } = run;
  const { positions: columns, initial, accounts } = pack.packed;
  const instrument = pack.instruments[p];
  const covered = pack.coverage[p];
  if (instrument === undefined || covered === undefined) throw new Error(`position ${p} was not packed`);
  const priced = (value: number): Cell =>
    covered.unpricedReason === null
      ? value
      : { reason: 'missingPrice', message: `${instrument.name}: ${covered.unpricedReason}`, remedy: 'Import a market that prices it.' };
  const at = values.positions;
  const kind = columns.kind[p] ?? 0;
  const asset = columns.asset[p] ?? 0;
  const spot = initial.priceUsd[asset] ?? 0;
  const isOption = kind >= POSITION_KIND.linearOption;
  const isCoinSettled = kind === POSITION_KIND.inverseFuture || kind === POSITION_KIND.inverseOption;
  const isFuture = kind === POSITION_KIND.linearFuture || kind === POSITION_KIND.inverseFuture;
  const forward = spot * (columns.forwardRatio[p] ?? 1);
  const coinMark = at.optionCoin[p] ?? 0;
  const quantity = columns.quantity[p] ?? 0;
  const mark =
    kind <= POSITION_KIND.debt ? spot : isFuture ? forward : kind === POSITION_KIND.inverseOption ? coinMark : coinMark * forward;
  const main = mainDriver(run, asset);
  const units = main < 0 ? 0 : (pack.packed.assets.lookThroughUnits[asset * pack.packed.assets.count + main] ?? 0);
  return {
    positionId: pack.positionIds[p] ?? '',
    accountId: pack.accountIds[columns.account[p] ?? 0] ?? '',
    instrumentId: instrument.id,
    instrumentName: instrument.name,
    kind: instrument.kind,
    quantity: quantityText,
    mark: priced(mark),
    markUnit: kind === POSITION_KIND.inverseOption ? (pack.assetIds[asset] ?? '') : 'USD',
    impliedVolatility: isOption ? priced(columns.impliedVolatility[p] ?? 0) : null,
    valueUsd: priced(at.valueUsd[p] ?? 0),
    valueCoin: isCoinSettled ? priced(spot > 0 ? (at.valueUsd[p] ?? 0) / spot : 0) : null,
    deltaCoin: priced(kind <= POSITION_KIND.debt ? quantity * units : (at.deltaCoin[p] ?? 0)),
    gammaUsdPerPercent: isOption ? priced(at.gammaUsdPerPercent[p] ?? 0) : null,
    vegaUsdPerPoint: isOption ? priced(at.vegaUsdPerPoint[p] ?? 0) : null,
    thetaUsdPerDay: isOption ? priced(at.thetaUsdPerDay[p] ?? 0) : null,
    requirementUsd: hasOwnRequirement(kind, accounts.family[columns.account[p] ?? 0] ?? 0) ? priced(at.maintenanceUsd[p] ?? 0) : null,
    lookThroughUsd: covered.unpricedReason === null ? lookThroughOf(run, p) : {},
    underlying: 'underlyingId' in instrument ? instrument.underlyingId : main < 0 ? null : (pack.assetIds[main] ?? null),
    source: covered.source,
    asOf: covered.asOf,
    isStale: covered.isStale,
    ageMs: covered.ageMs,
  };
}

/** The base asset that makes up most of an asset's value, or −1 for dollars. */
function mainDriver({ pack }: EngineRun, asset: number): number {
  const { assets, initial } = pack.packed;
  let best = -1;
  let most = 0;
  for (let base = 0; base < assets.count; base += 1) {
    const value = (assets.lookThroughUnits[asset * assets.count + base] ?? 0) * (initial.priceUsd[base] ?? 0);
    if (assets.kind[base] === 0 && value > most) {
      most = value;
      best = base;
    }
  }
  return best;
}

/** Signed exposure of a position to each base or stable asset, USD: value through all claims, or a contract's delta. */
export function lookThroughOf({ pack, values }: Pick<EngineRun, 'pack' | 'values'>, p: number): Record<string, number> {
  const exposureUsd = new Float64Array(pack.packed.assets.count);
  fillLookThrough({ pack, values }, p, exposureUsd);
  const exposures: Record<string, number> = {};
  exposureUsd.forEach((usd, base) => {
    if (usd !== 0) exposures[pack.assetIds[base] ?? ''] = usd;
  });
  return exposures;
}

/** The same by asset of the pack, into an array of one figure per asset: for sums over many positions. */
export function fillLookThrough({ pack, values }: Pick<EngineRun, 'pack' | 'values'>, p: number, exposureUsd: Float64Array): void {
  const { positions, assets, initial } = pack.packed;
  const asset = positions.asset[p] ?? 0;
  if ((positions.kind[p] ?? 0) > POSITION_KIND.debt) {
    exposureUsd.fill(0);
    exposureUsd[asset] = (values.positions.deltaCoin[p] ?? 0) * (initial.priceUsd[asset] ?? 0);
    return;
  }
  const row = asset * assets.count;
  const quantity = positions.quantity[p] ?? 0;
  for (let base = 0; base < assets.count; base += 1)
    exposureUsd[base] = (assets.lookThroughUnits[row + base] ?? 0) * (initial.priceUsd[base] ?? 0) * quantity;
}

/** Contracts of margin accounts have a requirement of their own, unless the account is judged whole. */
function hasOwnRequirement(kind: number, family: number): boolean {
  return kind > POSITION_KIND.debt && family >= FAMILY.tieredPerpetual && !isJudgedWhole(family);
}
