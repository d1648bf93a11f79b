import type { AccountResult } from '../../contract/analysis.ts';
import type { AccountState, Cell } from '../../contract/cell.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Account } from '../../domain/account.ts';
import type { Venue } from '../../domain/venue.ts';
import { FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { EMPTY_DEBT } from '../../engine/packed/evaluate-accounts.ts';
import { sigmaDays } from '../../engine/scenario/history-moves.ts';
import { scenarioBinding, standardBinding } from './binding-words.ts';
import type { EngineRun } from './engine-run.ts';
import { percent } from './words.ts';

/** A distance for the wire: null = never. */
export function moveOrNull(move: number | undefined): number | null {
  return move === undefined || Number.isNaN(move) ? null : move;
}

/** Every account of the book, in the book's order. */
export function accountResults(run: EngineRun): AccountResult[] {
  return run.inputs.contents.accounts.map((account, a) => accountResult(run, account, a));
}

function accountResult(run: EngineRun, account: Account, a: number): AccountResult {
  const { values, pack, trace, distances } = run;
  const venue = run.inputs.contents.venues.find((each) => each.id === account.venueId);
  if (venue === undefined) throw new Error(`account ${account.id} has no venue`);
  const measures = values.accounts;
  const { accounts } = pack.packed;
  const family = accounts.family[a] ?? 0;
  const unpriced = unpricedObligation(pack, a);
  const judged = (value: number): Cell => unpriced ?? value;
  const requirement = measures.requirementUsd[a] ?? 0;
  const resources = measures.resourcesUsd[a] ?? 0;
  const isCustody = family === FAMILY.custody;
  const isLending = !isCustody && family < FAMILY.tieredPerpetual;
  const use = resources > 0 ? requirement / resources : requirement > EMPTY_DEBT ? Infinity : 0;
  const fallenRound = trace.result.fallenRound[a] ?? 0;
  const start = accounts.positionStart[a] ?? 0;
  return {
    accountId: account.id,
    name: account.name,
    venueId: venue.id,
    venueName: venue.name,
    venueMark: venue.mark,
    family: venue.parameters.family,
    marketId: account.marketId,
    positions: (accounts.positionStart[a + 1] ?? 0) - start,
    equityUsd: judged(measures.equityUsd[a] ?? 0),
    grossUsd: measures.grossUsd[a] ?? 0,
    initialRequirementUsd: isCustody ? null : judged(measures.initialRequirementUsd[a] ?? 0),
    maintenanceRequirementUsd: isCustody ? null : judged(requirement),
    excessUsd: isCustody ? null : judged(measures.excessUsd[a] ?? 0),
    healthFactor: isLending ? judged(requirement > EMPTY_DEBT ? resources / requirement : Infinity) : null,
    useFraction: isCustody ? null : judged(use),
    liquidationPoints: isCustody ? [] : liquidationPoints(run, a),
    aloneMove: moveOrNull(distances.alone[a]),
    jointMove: moveOrNull(distances.joint[a]),
    sigmaDays: isCustody ? null : distanceInDays(run, a),
    fallsInRound: fallenRound === 0 ? null : fallenRound,
    state: isCustody ? 'none' : stateOf(run, use, fallenRound > 0 || unpriced !== null),
    binding: isCustody ? 'no requirement' : bindingOf(run, venue, a),
    curves: isCustody
      ? []
      : run.curves.map(({ driver, table }) => ({
          driver,
          moves: [...run.curveMoves],
          excessUsd: column(table.excessUsd, a, accounts.count),
        })),
    jointCurve: isCustody ? null : { moves: [...run.curveMoves], excessUsd: column(run.jointCurve.intactExcessUsd, a, accounts.count) },
  };
}

/** An account that owes something without a price cannot be judged: a named failure in place of a number that flatters it. */
export function unpricedObligation(pack: EngineRun['pack'], a: number): Failure | null {
  const { positions, accounts } = pack.packed;
  for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
    const isOwed = (positions.quantity[p] ?? 0) < 0 || (positions.kind[p] ?? 0) > POSITION_KIND.debt;
    if (positions.isUnpriced[p] !== 1 || !isOwed || positions.quantity[p] === 0) continue;
    return {
      reason: 'missingPrice',
      message: `account ${pack.accountIds[a] ?? ''}: ${pack.instruments[p]?.name ?? ''} has no price (${pack.coverage[p]?.unpricedReason ?? ''})`,
      remedy: 'Import a market that prices it.',
    };
  }
  return null;
}

function stateOf({ inputs }: EngineRun, use: number, isLost: boolean): AccountState {
  if (isLost || use >= inputs.scenarioSet.dangerUseFraction) return 'danger';
  return use >= inputs.scenarioSet.watchUseFraction ? 'watch' : 'safe';
}

/** State of an account or venue by its use alone. */
export function stateOfUse(run: EngineRun, use: number): AccountState {
  return stateOf(run, use, false);
}

function liquidationPoints({ pack, distances }: EngineRun, a: number): AccountResult['liquidationPoints'] {
  return pack.driverIds.map((driver, d) => {
    const priceNowUsd = pack.packed.initial.priceUsd[pack.packed.drivers[d] ?? 0] ?? 0;
    const downMove = moveOrNull(distances.byDriver[d]?.down[a]);
    const upMove = moveOrNull(distances.byDriver[d]?.up[a]);
    const priceAt = (move: number | null): number | null => (move === null ? null : priceNowUsd * (1 + move));
    return { driver, priceNowUsd, downMove, downPriceUsd: priceAt(downMove), upMove, upPriceUsd: priceAt(upMove) };
  });
}

/** The nearest breach in standard deviations of a day; below zero already, how far by the slope. Infinity = none within reach. */
function distanceInDays({ values, history, pack, breaches }: EngineRun, a: number): number {
  if ((values.accounts.excessUsd[a] ?? 0) >= 0) return breaches[a]?.alone?.sigmaDays ?? Infinity;
  const drivers = pack.driverIds.length;
  return sigmaDays(values.accounts.excessUsd[a] ?? 0, values.excessSlopeUsd.slice(a * drivers, (a + 1) * drivers), history.covariance);
}

function column(matrix: Float64Array, a: number, accounts: number): number[] {
  const values: number[] = [];
  for (let at = a; at < matrix.length; at += accounts) values.push(matrix[at] ?? 0);
  return values;
}

/** What the requirement rests on, in words. */
function bindingOf(run: EngineRun, venue: Venue, a: number): string {
  if (venue.parameters.family === 'scenarioMargin') return scenarioBinding(run, venue.parameters.markets, a);
  if (venue.parameters.family === 'standardManager') return standardBinding(run, a);
  const marketId = run.inputs.contents.accounts[a]?.marketId ?? null;
  const { pack, values } = run;
  const { positions, accounts, initial } = pack.packed;
  let largest = -1;
  let most = 0;
  const isMargin = (accounts.family[a] ?? 0) >= FAMILY.tieredPerpetual;
  for (let p = accounts.positionStart[a] ?? 0; p < (accounts.positionStart[a + 1] ?? 0); p += 1) {
    const isHolding = positions.kind[p] === POSITION_KIND.holding;
    const weight = isMargin
      ? (values.positions.maintenanceUsd[p] ?? 0)
      : isHolding
        ? (positions.quantity[p] ?? 0) * (initial.priceUsd[positions.asset[p] ?? 0] ?? 0) * (positions.collateralFraction[p] ?? 0)
        : 0;
    if (weight > most) {
      most = weight;
      largest = p;
    }
  }
  if (largest < 0) return isMargin ? 'no open position' : 'no collateral that counts';
  const instrument = pack.instruments[largest];
  if (isMargin)
    return `${instrument?.name ?? ''}: ${percent(most / Math.max(values.accounts.requirementUsd[a] ?? 0, most))} of the requirement`;
  const asset = pack.assetIds[positions.asset[largest] ?? 0] ?? '';
  const threshold = positions.collateralFraction[largest] ?? 0;
  switch (venue.parameters.family) {
    case 'isolatedMarket':
      return `${asset} at LLTV ${percent(threshold)}`;
    case 'vault':
      return `${asset} at ratio ${percent(1 / threshold)}`;
    case 'baseMarket':
      return `${asset} at liquidate factor ${percent(threshold)}`;
    default:
      return `${asset} at threshold ${percent(threshold)}${marketId === null ? '' : ' in its efficiency mode'}`;
  }
}
