import type { TriggerObjective, TriggerResult } from '../../contract/trigger.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { RecordedWindow } from '../../domain/recorded-window.ts';
import type { PathSpan } from '../../engine/forecast/price-path.ts';
import { ORDER_STATS, type OrderTerms } from '../../engine/trigger/run-order.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { BookModel } from '../forecast/path-model.ts';
import type { PackResult } from '../pack.ts';
import type { RunContext } from '../scenarios.ts';
import { bestOrders, cellOf, frontierOf, orderGrid, statsAt, type OrderGrid } from './order-grid.ts';
import { runRecordedWindows } from './recorded-windows.ts';
import { saleDepth, type SaleDepth } from './sale-depth.ts';
import { triggerSetting, type TriggerSetting } from './trigger-setting.ts';
import { chosenOf, triggerAssumptions, triggerDoubts, triggerHeadline } from './trigger-words.ts';

/** A week in steps of a day, looked at every half hour. */
const SPAN: PathSpan = { days: 7, steps: 7, looksPerStep: 48 };
const LOOK_MINUTES = (24 * 60) / SPAN.looksPerStep;
/** Paths per part of work: about 40 ms. Fixed, so that the parts do not depend on the number of workers. */
const DRAWS_PER_CHUNK = 20;

/** What a call asks for. */
export type TriggerWish = {
  readonly accountId: string | undefined;
  readonly objective: TriggerObjective;
  readonly alpha: number;
  readonly draws: number;
  readonly seed: number;
  readonly terms: TriggerResult['terms'];
};

/** One optimisation under way. */
export type TriggerWork = {
  readonly inputs: AnalysisInputs;
  readonly pack: PackResult;
  readonly book: BookModel;
  readonly windows: readonly RecordedWindow[];
  readonly pool: Pool;
  readonly context: RunContext;
};

export type BareTrigger = Omit<TriggerResult, 'runId' | 'inputsDigest' | 'elapsedMs'>;

/** Leads every order of a grid along the same paths, and picks the best by each objective. */
export async function runTrigger(work: TriggerWork, wish: TriggerWish): Promise<Result<BareTrigger>> {
  const { inputs, pack } = work;
  const found = triggerSetting(pack, wish.accountId);
  if (!found.ok) return found;
  const setting = found.value;
  const grid = orderGrid(setting.healthFactor);
  const { depthThinningFraction: thinningFraction } = inputs.assumptions;
  const depth = saleDepth(pack, setting.soldAsset, { repaid: setting.repaidAsset, thinningFraction });
  const stats = await runOrders(work, wish, { setting, grid, depth });
  if (!stats.ok) return stats;
  const cells = grid.orders.map((order, i) => cellOf(order, statsAt(stats.value, i + 1), wish.draws));
  const best = bestOrders(cells, wish.alpha);
  if (best === null) return fail('unsupported', `${setting.accountId} is so near to liquidation that no order lies between`);
  const none = cellOf({ trigger: 0, target: 0 }, statsAt(stats.value, 0), wish.draws);
  const chosen = chosenOf({ best, objective: wish.objective });
  const recorded = {
    setting,
    terms: packTerms(wish.terms, depth),
    latencyMinutes: wish.terms.latencyMinutes,
    order: chosen,
    seed: wish.seed,
  };
  const windows = await runRecordedWindows(work, recorded, work.windows);
  if (!windows.ok) return windows;
  const account = inputs.contents.accounts[setting.account];
  const told = {
    bookName: inputs.contents.name,
    asOf: inputs.snapshot.asOf,
    accountId: setting.accountId,
    venueName: inputs.contents.venues.find((venue) => venue.id === account?.venueId)?.name ?? '',
    healthFactor: setting.healthFactor,
    soldAssetId: pack.assetIds[setting.soldAsset] ?? '',
    repaidAssetId: pack.assetIds[setting.repaidAsset] ?? '',
    days: SPAN.days,
    lookMinutes: LOOK_MINUTES,
    draws: wish.draws,
    seed: wish.seed,
    alpha: wish.alpha,
    objective: wish.objective,
    terms: wish.terms,
    triggers: grid.triggers,
    targets: grid.targets,
    cells,
    none,
    best,
    frontier: frontierOf(cells),
    windows: windows.value,
    isWorthIt: chosen.expectedCostUsd.to < none.expectedCostUsd.from,
  };
  const at = grid.orders.findIndex((order) => order.trigger === chosen.trigger && order.target === chosen.target);
  return succeed({
    ...told,
    headline: triggerHeadline(told),
    doubts: triggerDoubts(statsAt(stats.value, at + 1), wish.draws),
    assumptions: triggerAssumptions(told, depth, thinningFraction),
  });
}

/** Sums of every order's statistics over all paths, no order first. */
async function runOrders(
  { pack, book, pool, context }: TriggerWork,
  { draws, terms }: TriggerWish,
  { setting, grid, depth }: { readonly setting: TriggerSetting; readonly grid: OrderGrid; readonly depth: SaleDepth },
): Promise<Result<Float64Array>> {
  pool.share(pack.packed.id, pack.packed);
  const { accountId: _, healthFactor: __, ...account } = setting;
  const chunk = {
    packedId: pack.packed.id,
    quantities: null,
    model: book.model,
    market: book.market,
    span: SPAN,
    ...account,
    terms: { ...packTerms(terms, depth), latencyLooks: Math.max(1, Math.ceil(terms.latencyMinutes / LOOK_MINUTES)) },
    triggers: Float64Array.from([0, ...grid.orders.map((order) => order.trigger)]),
    targets: Float64Array.from([0, ...grid.orders.map((order) => order.target)]),
  };
  const chunks = Array.from({ length: Math.ceil(draws / DRAWS_PER_CHUNK) }, (___, i) => ({
    ...chunk,
    firstDraw: i * DRAWS_PER_CHUNK,
    draws: Math.min(DRAWS_PER_CHUNK, draws - i * DRAWS_PER_CHUNK),
  }));
  const parts = await pool.run({ name: 'trigger', inputs: chunks }, context.signal, (done, total) =>
    context.progress('Trying orders', done, total),
  );
  if (!parts.ok) return parts;
  const sums = new Float64Array((grid.orders.length + 1) * ORDER_STATS);
  for (const part of parts.value) part.forEach((value, i) => (sums[i] = (sums[i] ?? 0) + value));
  return succeed(sums);
}

/** The terms as the kernel takes them, but for the latency, which depends on how often prices are looked at. */
function packTerms(terms: TriggerWish['terms'], depth: SaleDepth): Omit<OrderTerms, 'latencyLooks'> {
  return {
    fromCollateral: terms.from === 'collateral',
    cashUsd: terms.cashUsd,
    missFraction: terms.missFraction,
    keeperFeeFraction: terms.keeperFeeFraction,
    gasUsd: terms.gasUsd,
    slippageCapFraction: terms.slippageCapFraction,
    reserveQuantity: depth.reserveQuantity,
    poolFeeFraction: depth.poolFeeFraction,
  };
}
