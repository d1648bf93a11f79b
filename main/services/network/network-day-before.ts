import type { AccountResult } from '../../contract/analysis.ts';
import type { Cell } from '../../contract/cell.ts';
import type { NetworkMetric } from '../../contract/network.ts';
import type { Failure } from '../../domain/failure.ts';
import { instantToMs } from '../../domain/time.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../engine/packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../../engine/packed/market-state.ts';
import { valuePositions } from '../../engine/scenario/value-book.ts';
import type { EngineRun } from '../analysis/engine-run.ts';
import { measureNetwork } from '../analysis/network-result.ts';
import { listing } from '../analysis/words.ts';

const DAY_MS = 86_400_000;

/** Metrics that need what nobody recorded for the day before, and what that is. */
const unrecorded: Partial<Record<NetworkMetric['id'], string>> = {
  runOffHour: 'how much of the pools was lent out a day before is not recorded',
  runOffDay: 'how much of the pools was lent out a day before is not recorded',
  runOffWeek: 'how much of the pools was lent out a day before is not recorded',
  underBackedClaims: 'at which price claims were quoted a day before is not recorded',
};

/**
 * The metrics with their values of 24 hours before: the same holdings, as long as the journal shows no change since, at the recorded
 * prices of the drivers, with discounts of claims as they are now and the history of moves up to then.
 */
export function withDayBefore(metrics: readonly NetworkMetric[], run: EngineRun, accounts: readonly AccountResult[]): NetworkMetric[] {
  const obstacle = obstacleOf(run);
  if (obstacle !== null) return metrics.map((metric) => ({ ...metric, dayBefore: obstacle }));
  const before = dayBefore(run);
  const { equityUsd } = before.values.accounts;
  const valued = accounts.map((account, a) =>
    typeof account.equityUsd === 'number' ? { ...account, equityUsd: equityUsd[a] ?? 0 } : account,
  );
  const then = new Map<string, Cell>(measureNetwork(before, valued).metrics.map(({ id, value }) => [id, value]));
  return metrics.map((metric) => {
    const missing = unrecorded[metric.id];
    const known = then.get(metric.id) ?? metric.dayBefore;
    return { ...metric, dayBefore: missing === undefined ? known : { reason: 'unsupported', message: missing } };
  });
}

/** Why the day before is not known as a whole; null where it is. */
function obstacleOf({ inputs: { snapshot, pledgeLog }, pack }: EngineRun): Failure | null {
  const known = new Set(snapshot.dayBefore.map(({ assetId }) => assetId));
  const missing = pack.driverIds.filter((id) => !known.has(id));
  if (missing.length > 0)
    return { reason: 'unsupported', message: `the market of ${snapshot.asOf} has no price of ${listing(missing)} a day before` };
  const changedAt = pledgeLog?.lastStepAt ?? null;
  if (changedAt !== null && instantToMs(changedAt) > instantToMs(snapshot.asOf) - DAY_MS)
    return {
      reason: 'unsupported',
      message: `the book was changed at ${changedAt}, and what it held 24 hours before its market is not kept apart`,
    };
  return null;
}

/** The run as it would have been a day earlier, as far as figures of the network need it. */
function dayBefore(run: EngineRun): EngineRun {
  const { inputs, pack, history, values } = run;
  const { snapshot } = inputs;
  const then = new Map(snapshot.dayBefore.map(({ assetId, priceUsd }) => [assetId, priceUsd]));
  const priceNow = (id: string): number => pack.packed.initial.priceUsd[pack.assetIndex.get(id) ?? -1] ?? NaN;
  const moves = Float64Array.from(pack.driverIds, (id) => (then.get(id) ?? NaN) / priceNow(id) - 1);
  const initial = copyState(pack.packed.initial);
  applyShock(pack.packed, moves, 0, initial);
  const packed = { ...pack.packed, initial };
  const accounts = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, initial, accounts);
  return {
    ...run,
    inputs: { ...inputs, snapshot: { ...snapshot, asOf: new Date(instantToMs(snapshot.asOf) - DAY_MS).toISOString() } },
    pack: { ...pack, packed },
    values: { ...values, positions: valuePositions(packed), accounts },
    history: { ...history, days: Math.max(0, history.days - 1), moves: history.moves.slice(0, -pack.driverIds.length) },
    historyDays: run.historyDays.slice(0, -1),
  };
}
