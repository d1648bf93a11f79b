import type { BreachDistance, ExcessCurve, RequirementGreek, RequirementResult, RequirementRow } from '../../contract/requirement.ts';
import { sumAccurate } from '../../engine/math/sum.ts';
import { FAMILY, POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { lendingGreeks } from '../../engine/requirement/greeks/lending-greeks.ts';
import { hitProbability } from '../../engine/requirement/distance/joint-distance.ts';
import { sigmaDays } from '../../engine/scenario/history-moves.ts';
import { unpricedObligation } from '../analysis/account-results.ts';
import { basisName } from './breach-factors.ts';
import { BUMP, STILL } from './bump-plan.ts';
import { nextSwitches } from './next-switch.ts';
import type { RequirementRun } from './run-requirement.ts';

/** Which accounts a figure adds up: one, or all of the book. */
type Members = readonly number[];

/** The rows of every account and of the book. */
export function composeRows(run: RequirementRun): Pick<RequirementResult, 'book' | 'accounts' | 'factors'> {
  const all = run.pack.accountIds.map((_, account) => account);
  return {
    factors: [...run.named.named],
    book: { ...figures(run, all), trouble: null, healthSlope: null, switches: [], distance: null },
    accounts: run.pack.accountIds.map((accountId, account) => ({ accountId, ...accountRow(run, account) })),
  };
}

function accountRow(run: RequirementRun, account: number): RequirementRow {
  const row = figures(run, [account]);
  return {
    ...row,
    trouble: unpricedObligation(run.pack, account),
    healthSlope: healthSlope(run, account),
    switches: run.breaches[account] === null ? [] : nextSwitches(run, account, row.curves),
    distance: distanceOf(run, account),
  };
}

function figures(
  run: RequirementRun,
  members: Members,
): Pick<RequirementRow, 'equityUsd' | 'requirementUsd' | 'excessUsd' | 'greeks' | 'curves'> {
  const { equityUsd, excessUsd } = run.values.accounts;
  const equity = sumOf(equityUsd, members);
  const excess = sumOf(excessUsd, members);
  return {
    equityUsd: equity,
    requirementUsd: equity - excess,
    excessUsd: excess,
    greeks: greeksOf(run, members),
    curves: curvesOf(run, members),
  };
}

function sumOf(column: Float64Array, members: Members): number {
  return sumAccurate(Float64Array.from(members, (account) => column[account] ?? 0));
}

/** Excess of the members at a bump, alone and jointly. */
function at({ table, pack }: RequirementRun, members: Members, bump: number): { readonly alone: number; readonly joint: number } {
  const accounts = pack.packed.accounts.count;
  const row = (matrix: Float64Array): number => sumOf(matrix.subarray(bump * accounts, (bump + 1) * accounts), members);
  return { alone: row(table.aloneExcessUsd), joint: row(table.jointExcessUsd) };
}

/** Change of excess from one bump to another, split into what happens alone and what the reactions of others add. */
function change(
  run: RequirementRun,
  members: Members,
  { from, to }: { readonly from: number; readonly to: number },
): Pick<RequirementGreek, 'aloneUsd' | 'couplingUsd' | 'jointUsd'> {
  const [before, after] = [at(run, members, from), at(run, members, to)];
  const aloneUsd = after.alone - before.alone;
  const jointUsd = after.joint - before.joint;
  return { aloneUsd, couplingUsd: jointUsd - aloneUsd, jointUsd };
}

const NO_CLOSED_FORM = {
  requirementDeltaUsd: null,
  requirementGammaUsd: null,
  excessDeltaUsd: null,
  excessGammaUsd: null,
  interval: null,
} as const;

function greeksOf(run: RequirementRun, members: Members): RequirementGreek[] {
  const { plan, pack, now } = run;
  const moved = (to: number): Pick<RequirementGreek, 'aloneUsd' | 'couplingUsd' | 'jointUsd'> => change(run, members, { from: STILL, to });
  const linear = (
    excessDeltaUsd: number,
    equityDeltaUsd: number,
  ): Omit<typeof NO_CLOSED_FORM, 'excessDeltaUsd' | 'requirementDeltaUsd'> & {
    readonly excessDeltaUsd: number;
    readonly requirementDeltaUsd: number;
  } => ({ ...NO_CLOSED_FORM, excessDeltaUsd, requirementDeltaUsd: equityDeltaUsd - excessDeltaUsd });
  const column = (values: Float64Array): number => sumOf(values, members);
  const greeks = now.greeks;
  const interest = column(greeks.interestSlopeUsd);
  return [
    ...pack.driverIds.map((id, d) => ({
      driver: `price:${id}`,
      title: `${id} price`,
      bump: '−1 %',
      ...priceSlopes(run, members, d),
      ...moved(bumpAt(run, id, BUMP.price)),
    })),
    ...plan.basisAssets.map((asset, i) => ({
      driver: `basis:${pack.assetIds[asset] ?? ''}`,
      title: basisName(pack, asset),
      bump: '−1 %',
      ...NO_CLOSED_FORM,
      ...moved(plan.basisFirst + i),
    })),
    {
      driver: 'volatility',
      title: 'Implied volatility',
      bump: '+1 pt',
      ...linear(column(greeks.excessVegaUsd), column(greeks.equityVegaUsd)),
      ...moved(plan.volatility),
    },
    { driver: 'interest', title: 'Borrow rate', bump: '+1 pt, 30 d', ...linear(interest, interest), ...moved(plan.interest) },
    { driver: 'threshold', title: 'Thresholds', bump: '−1 pt', ...linear(column(greeks.thresholdSlopeUsd), 0), ...moved(plan.threshold) },
    {
      driver: 'depth',
      title: 'Depth at the shock',
      bump: '−10 %',
      ...NO_CLOSED_FORM,
      ...change(run, members, { from: plan.reference, to: plan.thinner }),
    },
  ];
}

/** Bump of a driver's curve at a move. */
function bumpAt({ plan }: RequirementRun, driver: string, move: number): number {
  const curve = plan.curves.find((each) => each.driver === driver);
  const index = curve?.moves.findIndex((each) => Math.abs(each - move) < 1e-9) ?? -1;
  return curve === undefined || index < 0 ? STILL : curve.first + index;
}

function priceSlopes(
  run: RequirementRun,
  members: Members,
  d: number,
): Omit<RequirementGreek, 'driver' | 'title' | 'bump' | 'aloneUsd' | 'couplingUsd' | 'jointUsd'> {
  const { greeks, switches } = run.now;
  const drivers = run.pack.driverIds.length;
  const cells = members.map((account) => account * drivers + d);
  const excess = sumOf(greeks.excessSlopeUsd, cells);
  const bend = sumOf(greeks.excessBendUsd, cells);
  const jump = sumOf(switches.slopeJumpUsd, cells) + sumOf(greeks.excessJumpUsd, cells);
  return {
    requirementDeltaUsd: sumOf(greeks.equitySlopeUsd, cells) - excess,
    requirementGammaUsd: jump === 0 ? sumOf(greeks.equityBendUsd, cells) - bend : null,
    excessDeltaUsd: excess,
    excessGammaUsd: jump === 0 ? bend : null,
    interval: jump === 0 ? null : { lowUsd: excess + Math.min(0, jump), highUsd: excess + Math.max(0, jump) },
  };
}

function curvesOf(run: RequirementRun, members: Members): ExcessCurve[] {
  const now = sumOf(run.values.accounts.excessUsd, members);
  return run.plan.curves.map(({ driver, moves, first }) => {
    const points = moves.map((_, i) => at(run, members, first + i));
    const slope = linearSlope(run, members, driver);
    return {
      driver,
      moves: [...moves],
      linearUsd: moves.map((move) => now + slope(move)),
      aloneUsd: points.map((point) => point.alone),
      jointUsd: points.map((point) => point.joint),
    };
  });
}

/** Change of excess by its slope here: per relative move of a price, along the axis by its betas and its added volatility. */
function linearSlope({ now, pack, inputs }: RequirementRun, members: Members, driver: string): (move: number) => number {
  const { greeks } = now;
  const drivers = pack.driverIds.length;
  const vega = sumOf(greeks.excessVegaUsd, members);
  if (driver === 'volatility') return (move) => vega * move;
  const slopes = pack.driverIds.map((_, d) =>
    sumOf(
      greeks.excessSlopeUsd,
      members.map((account) => account * drivers + d),
    ),
  );
  const { betas, volatilityPerMove } = inputs.scenarioSet;
  if (driver !== '*') return (move) => (slopes[pack.driverIds.indexOf(driver)] ?? 0) * move;
  const along = slopes.reduce((sum, slope, d) => sum + slope * (betas[pack.driverIds[d] ?? ''] ?? 0), 0);
  return (move) => along * move + vega * Math.max(0, volatilityPerMove * move);
}

/** Slope of the health factor in each driver's log price: the assets' slopes, each moved by its share in the driver. */
function healthSlope({ pack, now }: RequirementRun, account: number): RequirementRow['healthSlope'] {
  const { accounts, positions, initial } = pack.packed;
  const family = accounts.family[account] ?? FAMILY.custody;
  if (family === FAMILY.custody || family >= FAMILY.tieredPerpetual) return null;
  const rows = Array.from({ length: (accounts.positionStart[account + 1] ?? 0) - (accounts.positionStart[account] ?? 0) }, (_, i) => {
    const p = (accounts.positionStart[account] ?? 0) + i;
    const asset = positions.asset[p] ?? 0;
    const usd = positions.isUnpriced[p] === 1 ? 0 : (positions.quantity[p] ?? 0) * (initial.priceUsd[asset] ?? 0);
    const isDebt = positions.kind[p] === POSITION_KIND.debt;
    return { asset, collateralUsd: isDebt ? 0 : usd, threshold: positions.collateralFraction[p] ?? 0, debtUsd: isDebt ? -usd : 0 };
  });
  const { healthSlope: slopes } = lendingGreeks({
    collateralUsd: Float64Array.from(rows, (row) => row.collateralUsd),
    thresholds: Float64Array.from(rows, (row) => row.threshold),
    debtUsd: Float64Array.from(rows, (row) => row.debtUsd),
  });
  if (slopes === null) return null;
  const drivers = pack.driverIds.length;
  return Object.fromEntries(
    pack.driverIds.map((id, d) => [
      id,
      rows.reduce((sum, { asset }, i) => {
        const price = initial.priceUsd[asset] ?? 0;
        return price > 0 ? sum + ((slopes[i] ?? 0) * (now.loadings[asset * drivers + d] ?? 0)) / price : sum;
      }, 0),
    ]),
  );
}

function distanceOf(run: RequirementRun, account: number): BreachDistance | null {
  const found = run.breaches[account] ?? null;
  if (found === null) return null;
  const { pack, named, now, values } = run;
  const drivers = pack.driverIds.length;
  const count = named.named.length;
  const covariance = new Float64Array(drivers * drivers);
  for (let i = 0; i < drivers; i += 1) {
    for (let j = 0; j < drivers; j += 1) covariance[i * drivers + j] = named.factors.covariance[i * count + j] ?? 0;
  }
  const slopes = now.greeks.excessSlopeUsd.slice(account * drivers, (account + 1) * drivers);
  const byName = (moves: Float64Array): Record<string, number> => Object.fromEntries(named.named.map(({ id }, i) => [id, moves[i] ?? 0]));
  const chance = (days: number | null): BreachDistance['chanceAlone'] => ({
    hour: hitProbability(days, 1 / 24),
    day: hitProbability(days, 1),
    week: hitProbability(days, 7),
  });
  return {
    linearSigmaDays: sigmaDays(values.accounts.excessUsd[account] ?? 0, slopes, covariance),
    alone: found.alone === null ? null : { sigmaDays: found.alone.sigmaDays, moves: byName(found.alone.moves) },
    joint:
      found.joint === null
        ? null
        : { sigmaDays: found.joint.sigmaDays, moves: byName(found.joint.moves), isAlongAxis: found.joint.isAlongAxis },
    chanceAlone: chance(found.alone?.sigmaDays ?? null),
    chanceJoint: chance(found.joint?.sigmaDays ?? null),
  };
}
