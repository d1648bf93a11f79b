import type { AnalysisResult } from '../../contract/analysis.ts';
import { dollars, listed, percent, ratio, table } from './table.ts';

/** Ids of accounts that the reference shock alone leaves standing but that fall when everybody reacts. */
export function jointlyFallen(analysis: AnalysisResult): string[] {
  const move = commonMove(analysis);
  return analysis.cascade.fallen
    .filter(({ accountId, aloneMove }) => accountId !== '' && isSafeAlone(aloneMove, move))
    .map(({ accountId }) => accountId)
    .filter((id) => analysis.accounts.some((account) => account.accountId === id));
}

/** The reference shock as a move of the common axis: the largest move of a driver per unit of its beta. */
export function commonMove(analysis: AnalysisResult): number {
  const moves = analysis.drivers
    .filter(({ beta }) => beta !== 0)
    .map(({ assetId, beta }) => (analysis.reference.moves[assetId] ?? 0) / beta);
  return moves.reduce((largest, move) => (Math.abs(move) > Math.abs(largest) ? move : largest), 0);
}

function isSafeAlone(aloneMove: number | null, move: number): boolean {
  return aloneMove === null || Math.sign(aloneMove) !== Math.sign(move) || Math.abs(aloneMove) > Math.abs(move);
}

/** The analysis for a terminal: the statement, the accounts, the venues together against alone, the tail. */
export function analysisText(analysis: AnalysisResult): string {
  const { statement, surplus, distribution, cascade, coverage } = analysis;
  return [
    `${analysis.bookName} at ${analysis.snapshotAsOf}\n`,
    `${statement.headline}\n${statement.chain}\n`,
    accountTable(analysis),
    `Reference shock ${shockText(analysis)}: ${dollars(cascade.firstRoundLossUsd)} lost at first, ${dollars(cascade.totalLossUsd)} after ${roundsText(cascade.rounds.length - 1)} of forced sales.\n`,
    `${jointText(analysis)}\n`,
    `Second-round loss of the venues together ${dollars(surplus.jointUsd)}, sum of the venues alone ${dollars(surplus.sumOfPartsUsd)}: surplus ${dollars(surplus.surplusUsd)}.\n`,
    `${indexText(analysis.leverageIndex)}\n`,
    `One-day expected shortfall at ${percent(distribution.confidence)} ${dollars(distribution.expectedShortfallUsd)} over ${distribution.scenarios} days; ${percent(distribution.anyLiquidationFraction)} of days liquidate an account.\n`,
    `${coverage.priced} of ${coverage.positions} positions, ${percent(coverage.pricedFraction)} of gross value priced. Engine ${analysis.engineVersion}, seed ${analysis.seed}, inputs ${analysis.inputsDigest.slice(0, 16)}.\n`,
  ].join('\n');
}

/** 'Systemic leverage index 54.8 of 100: L 0.57, A 0.39, X 0.45, K 0.71.' or why there is none. */
export function indexText({ value, parts }: AnalysisResult['leverageIndex']): string {
  if (typeof value !== 'number') return `Systemic leverage index refused: ${value.message}.`;
  const shares = parts.map((part) => `${part.id} ${typeof part.value === 'number' ? part.value.toFixed(2) : '–'}`);
  return `Systemic leverage index ${value.toFixed(1)} of 100: ${shares.join(', ')}.`;
}

function accountTable(analysis: AnalysisResult): string {
  const rows = analysis.accounts.map((account) => [
    account.accountId,
    account.venueName,
    dollars(account.equityUsd),
    dollars(account.maintenanceRequirementUsd),
    dollars(account.excessUsd),
    ratio(account.useFraction),
    percent(account.aloneMove),
    percent(account.jointMove),
    account.state === 'none' ? '' : account.state,
  ]);
  const figures = ['Equity', 'Requirement', 'Excess', 'Use', 'Falls alone at', 'Falls jointly at'];
  return table(
    [{ heading: 'Account' }, { heading: 'Venue' }, ...figures.map((heading) => ({ heading, isFigure: true })), { heading: 'State' }],
    rows,
  );
}

function shockText(analysis: AnalysisResult): string {
  const moves = Object.entries(analysis.reference.moves).map(([asset, move]) => `${asset} ${percent(move)}`);
  return `${moves.join(', ')}, implied volatility ${(analysis.reference.volatilityShift * 100).toFixed(0)} points`;
}

/** Which accounts fall only because everybody reacts, by name. */
export function jointText(analysis: AnalysisResult): string {
  const joint = jointlyFallen(analysis);
  if (joint.length === 0) return 'No account that stands alone falls jointly.';
  const names = joint.map((id) => nameOf(analysis, id));
  return `Safe alone, ${joint.length === 1 ? 'falls' : 'fall'} jointly: ${listed(names)}.`;
}

/** An account's id with its name. */
export function nameOf(analysis: AnalysisResult, accountId: string): string {
  const name = analysis.accounts.find((account) => account.accountId === accountId)?.name;
  return name === undefined || name === accountId ? accountId : `${accountId} (${name})`;
}

function roundsText(rounds: number): string {
  return rounds === 1 ? 'one round' : `${rounds} rounds`;
}
