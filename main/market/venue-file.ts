import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, succeed, type Failure, type Result } from '../domain/failure.ts';
import type { MarginTier } from '../domain/margin-rules.ts';
import { venue, type Venue } from '../domain/venue.ts';
import { scenarioMarginProblem, standardManagerProblem, standardOptionsProblem } from './option-venue-rules.ts';
import { duplicate, first, wrong, type Family } from './venue-rule.ts';

const LARGEST_FILE_BYTES = 16 * 1024 * 1024;

/** Reads every `*.json` of a folder as a venue, in order of file name. The first file that is wrong is the failure. */
export function readVenues(folder: string): Result<Venue[]> {
  let names: string[];
  try {
    names = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (cause) {
    return fail('storage', `the folder of venues ${folder} cannot be read: ${String(cause)}`, { remedy: 'Reinstall Interlock.' });
  }
  const venues: Venue[] = [];
  for (const name of names) {
    const read = readVenueFile(join(folder, name));
    if (!read.ok) return read;
    const twin = venues.find((known) => known.id === read.value.id);
    if (twin) return fail('conflict', `${name}: venue ${twin.id} is already described by another file`, { where: { file: name } });
    venues.push(read.value);
  }
  return succeed(venues);
}

/** Reads one venue file; 'invalidFile' names the field that is wrong. */
export function readVenueFile(path: string): Result<Venue> {
  try {
    if (statSync(path).size > LARGEST_FILE_BYTES) return fail('invalidFile', `${path} is larger than 16 MiB`, { where: { file: path } });
    return readVenueText(path, readFileSync(path, 'utf8'));
  } catch (cause) {
    return fail('storage', `${path} cannot be read: ${String(cause)}`, { where: { file: path } });
  }
}

/** Parses and checks the text of a venue file: schema, then the rules that a schema cannot say. */
export function readVenueText(file: string, text: string): Result<Venue> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return fail('invalidFile', `${file} is not JSON: ${String(cause)}`, { where: { file } });
  }
  const parsed = venue.safeParse(value);
  if (!parsed.success) return fail('invalidFile', `${file} is not a venue: ${z.prettifyError(parsed.error)}`, { where: { file } });
  const problem = venueProblem(parsed.data);
  if (problem === null) return succeed(parsed.data);
  return { ok: false, failure: { ...problem, message: `${file}: ${problem.message}`, where: { file, ...problem.where } } };
}

/**
 * The first rule a venue's parameters break, or null: thresholds not below loan-to-values, bonuses that fit the threshold,
 * tiers that start at 0, follow each other without a gap, rise in rate and are continuous in margin, unique ids.
 */
export function venueProblem(checked: Venue): Failure | null {
  const { parameters } = checked;
  switch (parameters.family) {
    case 'lendingPool':
      return (
        duplicate(
          'reserve',
          parameters.reserves.map((reserve) => reserve.assetId),
        ) ??
        duplicate(
          'eMode',
          parameters.eModes.map((mode) => mode.id),
        ) ??
        poolProblem(parameters)
      );
    case 'isolatedMarket':
      return (
        duplicate(
          'market',
          parameters.markets.map((market) => market.id),
        ) ??
        (parameters.incentiveMaximum < 1
          ? wrong('incentiveMaximum', `an incentive factor of ${parameters.incentiveMaximum} is below 1`)
          : null) ??
        first(parameters.markets, (market) =>
          market.liquidationLoanToValueFraction < 1
            ? null
            : wrong(market.id, `market ${market.id}: a liquidation loan-to-value of 1 leaves nothing to the lender`),
        )
      );
    case 'vault':
      return vaultProblem(parameters);
    case 'baseMarket':
      return (
        duplicate(
          'market',
          parameters.markets.map((market) => market.id),
        ) ?? first(parameters.markets, baseMarketProblem)
      );
    case 'tieredPerpetual':
      return (
        duplicate(
          'market',
          parameters.markets.map((market) => market.underlyingId),
        ) ?? first(parameters.markets, (market) => tierProblem(market.underlyingId, market.tiers))
      );
    case 'standardOptions':
      return standardOptionsProblem(parameters);
    case 'scenarioMargin':
      return scenarioMarginProblem(parameters);
    case 'standardManager':
      return standardManagerProblem(parameters);
    case 'custody':
      return null;
  }
}

function thresholdProblem(
  name: string,
  row: { loanToValueFraction: number; liquidationThresholdFraction: number; liquidationBonusFraction: number },
): Failure | null {
  const { loanToValueFraction, liquidationThresholdFraction, liquidationBonusFraction } = row;
  if (liquidationThresholdFraction < loanToValueFraction) {
    return wrong(name, `${name}: liquidation threshold ${liquidationThresholdFraction} is below the loan-to-value ${loanToValueFraction}`);
  }
  if (liquidationThresholdFraction * (1 + liquidationBonusFraction) > 1) {
    return wrong(
      name,
      `${name}: threshold ${liquidationThresholdFraction} with bonus ${liquidationBonusFraction} pays out more than the collateral`,
    );
  }
  return null;
}

function poolProblem(parameters: Family<'lendingPool'>): Failure | null {
  return (
    first([...parameters.reserves, ...parameters.eModes], (row) =>
      thresholdProblem('assetId' in row ? row.assetId : `eMode ${row.id}`, row),
    ) ??
    first([parameters, ...parameters.otherRevisions], ({ revision, smallPositionUsd, smallestLeftoverUsd }) =>
      2 * smallestLeftoverUsd <= smallPositionUsd
        ? null
        : wrong(
            'smallestLeftoverUsd',
            `revision ${revision}: a leftover of ${smallestLeftoverUsd} USD needs positions below twice that to be closed whole, not below ${smallPositionUsd}`,
          ),
    ) ??
    duplicate(
      'change',
      parameters.changes.map((change) => change.id),
    )
  );
}

/** A limit too small for the smallest vault would leave unsafe vaults without an auction for ever. */
function vaultProblem(parameters: Family<'vault'>): Failure | null {
  const repeated = duplicate(
    'collateral type',
    parameters.collateralTypes.map((type) => type.id),
  );
  if (repeated !== null) return repeated;
  return first(parameters.collateralTypes, ({ id, liquidationRatio, liquidationPenaltyFraction, dustUsd, auctionLimitUsd }) => {
    if (liquidationRatio < 1 + liquidationPenaltyFraction)
      return wrong(
        id,
        `collateral type ${id}: a penalty of ${liquidationPenaltyFraction} exceeds what the ratio ${liquidationRatio} leaves`,
      );
    const limitUsd = Math.min(auctionLimitUsd ?? Infinity, parameters.auctionLimitUsd ?? Infinity);
    return limitUsd >= dustUsd * (1 + liquidationPenaltyFraction)
      ? null
      : wrong(id, `collateral type ${id}: an auction limit of ${limitUsd} is too small for a vault of ${dustUsd}`);
  });
}

function baseMarketProblem(market: Family<'baseMarket'>['markets'][number]): Failure | null {
  return (
    duplicate(
      `collateral of ${market.id}`,
      market.collaterals.map((collateral) => collateral.assetId),
    ) ??
    first(market.collaterals, ({ assetId, borrowFactorFraction, liquidateFactorFraction }) =>
      liquidateFactorFraction >= borrowFactorFraction
        ? null
        : wrong(
            assetId,
            `${market.id}/${assetId}: liquidate factor ${liquidateFactorFraction} is below the borrow factor ${borrowFactorFraction}`,
          ),
    )
  );
}

/** Relative error allowed to a published deduction: the venues round it to a few digits. */
const CONTINUITY_TOLERANCE = 1e-6;

function tierProblem(name: string, tiers: readonly MarginTier[]): Failure | null {
  let before: MarginTier | null = null;
  for (const [index, tier] of tiers.entries()) {
    const where = `${name} tier ${index + 1}`;
    const isLast = index === tiers.length - 1;
    if (tier.floorUsd !== (before === null ? 0 : before.capUsd))
      return wrong(where, `${where} starts at ${tier.floorUsd}, the one below ends at ${before?.capUsd ?? 0}`);
    if ((tier.capUsd === null) !== isLast)
      return wrong(where, isLast ? `${where} is the last and must have no upper end` : `${where} has no upper end though another follows`);
    if (tier.capUsd !== null && tier.capUsd <= tier.floorUsd) return wrong(where, `${where} ends at ${tier.capUsd}, below its start`);
    if (tier.maintenanceRateFraction > tier.initialRateFraction)
      return wrong(
        where,
        `${where}: maintenance rate ${tier.maintenanceRateFraction} is above the initial rate ${tier.initialRateFraction}`,
      );
    if (before && tier.maintenanceRateFraction < before.maintenanceRateFraction)
      return wrong(where, `${where}: the maintenance rate falls from ${before.maintenanceRateFraction} to ${tier.maintenanceRateFraction}`);
    const below = before ? before.maintenanceRateFraction * tier.floorUsd - before.deductionUsd : 0;
    const above = tier.maintenanceRateFraction * tier.floorUsd - tier.deductionUsd;
    if (Math.abs(above - below) > CONTINUITY_TOLERANCE * Math.max(1, below)) {
      return wrong(
        where,
        `${where}: the margin jumps from ${below} to ${above} USD at ${tier.floorUsd}; deductions must make it continuous`,
      );
    }
    before = tier;
  }
  return null;
}
