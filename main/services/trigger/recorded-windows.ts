import type { TriggerWindow } from '../../contract/trigger.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import type { RecordedWindow } from '../../domain/recorded-window.ts';
import { copyState } from '../../engine/packed/market-state.ts';
import { placeStep } from '../../engine/replay/replay-path.ts';
import { makeAccountPath, type AccountPath } from '../../engine/trigger/account-path.ts';
import { ORDER_STAT, ORDER_STATS, runOrder, type OrderTerms } from '../../engine/trigger/run-order.ts';
import { placeAccount } from '../../engine/trigger/trigger-chunk.ts';
import { preparePath } from '../replay/replay-book.ts';
import type { WindowPath } from '../replay/window-path.ts';
import type { TriggerWork } from './run-trigger.ts';
import type { TriggerSetting } from './trigger-setting.ts';

/** An order and how it is carried out; latency in minutes, since bars differ. */
export type RecordedOrder = {
  readonly setting: TriggerSetting;
  readonly terms: Omit<OrderTerms, 'latencyLooks'>;
  readonly latencyMinutes: number;
  readonly order: { readonly trigger: number; readonly target: number };
  readonly seed: number;
};

/**
 * Leads the order through recorded prices. The account starts each window as it stands today and prices move as the recorded ones did; a bar
 * is looked at with everything at its low. A window that holds none of the book's drivers is left out.
 */
export async function runRecordedWindows(
  work: TriggerWork,
  recorded: RecordedOrder,
  windows: readonly RecordedWindow[],
): Promise<Result<TriggerWindow[]>> {
  const rows: TriggerWindow[] = [];
  for (const window of windows) {
    const prepared = await preparePath(work, window);
    if (!prepared.ok) {
      if (prepared.failure.reason === 'missingPrice') continue;
      return prepared;
    }
    const path = accountAlong(work, recorded.setting, { low: prepared.value.path.path.low, days: window.intervalMinutes / 1440 });
    const latencyLooks = Math.max(1, Math.ceil(recorded.latencyMinutes / window.intervalMinutes));
    const run = (order: RecordedOrder['order']): Float64Array => {
      const stats = new Float64Array(ORDER_STATS);
      const drawn = { ...order, seed: recorded.seed, draw: 0 };
      runOrder(path, recorded.setting.rules, { ...recorded.terms, latencyLooks }, drawn, stats, 0);
      return stats;
    };
    const [without, with_] = [run({ trigger: 0, target: 0 }), run(recorded.order)];
    rows.push({
      windowId: window.id,
      windowName: window.name,
      isLiquidatedWithout: without[ORDER_STAT.liquidated] === 1,
      isLiquidatedWith: with_[ORDER_STAT.liquidated] === 1,
      executions: with_[ORDER_STAT.executions] ?? 0,
      costWithoutUsd: without[ORDER_STAT.costUsd] ?? 0,
      costWithUsd: with_[ORDER_STAT.costUsd] ?? 0,
    });
  }
  return succeed(rows);
}

function accountAlong(
  { pack, book }: TriggerWork,
  { account, soldAsset, repaidAsset }: TriggerSetting,
  { low, days }: { readonly low: WindowPath['path']['low']; readonly days: number },
): AccountPath {
  const looks = low.volatilityShift.length;
  const state = copyState(pack.packed.initial);
  const path = makeAccountPath(looks);
  for (let look = 0; look < looks; look += 1) {
    placeStep(pack.packed, low, look, state);
    placeAccount(pack.packed, { account, soldAsset, repaidAsset, market: book.market }, { state, look, days: days * (look + 1) }, path);
  }
  return path;
}
