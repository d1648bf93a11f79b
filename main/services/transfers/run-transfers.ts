import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { FinancialSystem, TransferTerms } from '../../domain/system.ts';
import { SHORT_PENALTY, type TransferPlan } from '../../engine/contagion/transfers/transfer-program.ts';
import { scanRequirement, type ScanRequirement } from '../../engine/contagion/transfers/scan-requirement.ts';
import type { AccountMeasures } from '../../engine/packed/evaluate-accounts.ts';
import { POSITION_KIND, withQuantities } from '../../engine/packed/packed-book.ts';
import type { Pool } from '../../pool/pool-types.ts';
import { runDistances } from '../analysis/engine-jobs.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { PackResult } from '../pack.ts';
import { packShocks, runScenarios, type RunContext, type ScenarioTable } from '../scenarios.ts';
import { seatBook } from '../contagion/run-failure.ts';
import { LEAST_TRANSFER_USD, planTransfers, routeWorth } from './plan-transfers.ts';
import { scanShocks } from './scan-shocks.ts';
import { canNet, transferRoutes, type TransferSetting, type TransferWish } from './transfer-routes.ts';
import { runUnification, type Unification } from './unification.ts';

/** Everything computed for one plan of transfers, before it is put into words. */
export type TransfersRun = {
  readonly inputs: AnalysisInputs;
  readonly pack: PackResult;
  readonly terms: TransferTerms;
  readonly wish: TransferWish;
  readonly now: AccountMeasures;
  readonly before: ScenarioTable;
  readonly after: ScenarioTable;
  readonly jointMoves: { readonly before: Float64Array; readonly after: Float64Array };
  readonly scan: ScanRequirement;
  readonly setting: TransferSetting;
  readonly plan: TransferPlan;
  readonly solver: string;
  /** By route in use: how much dearer the plan is without the way between its two accounts, USD. */
  readonly worthUsd: ReadonlyMap<number, number>;
  readonly unification: Unification;
};

/** What a plan is made from. */
export type TransfersOrder = {
  readonly inputs: AnalysisInputs;
  readonly system: FinancialSystem;
  readonly terms: TransferTerms;
  readonly wish: TransferWish & { readonly recoveryFraction: number };
};

const STEPS = 6;

/** Runs shock, scan, plan, the worth of each route, the cascade after the plan, and what one place would cost. */
export async function runTransfers(order: TransfersOrder, pool: Pool, context: RunContext): Promise<Result<TransfersRun>> {
  const desk = seatBook(order.inputs, order.system);
  if (!desk.ok) return desk;
  const { pack } = desk.value;
  const { inputs, terms, wish } = order;
  const step = (done: number, phase: string): void => context.progress(phase, done, STEPS);
  const quiet: RunContext = { signal: context.signal, progress: () => undefined };
  pool.share(pack.packed.id, pack.packed);
  step(0, 'Shocking the book');
  const work = { inputs, pool, context: quiet };
  const [values, before, distances, scanned] = await Promise.all([
    pool.run({ name: 'value', inputs: [{ packedId: pack.packed.id, quantities: null }] }, context.signal),
    runScenarios({ packed: pack.packed, driverIds: pack.driverIds, shocks: [inputs.shock], assumptions: inputs.assumptions }, pool, quiet),
    runDistances({ ...work, pack }),
    runScan(inputs, pack, { pool, context: quiet }),
  ]);
  if (!values.ok) return values;
  if (!before.ok) return before;
  if (!distances.ok) return distances;
  if (!scanned.ok) return scanned;
  const now = values.value[0]?.accounts;
  if (now === undefined) return fail('internal', 'a job gave no answer');
  step(2, 'Planning transfers');
  const stand = { now, excessUsd: before.value.intactExcessUsd, priceUsd: before.value.priceUsd };
  const routes = transferRoutes({ inputs, pack }, stand, terms, wish);
  const planned = await planTransfers(routes, pool, context.signal);
  if (!planned.ok) return planned;
  const { setting, plan, solver } = planned.value;
  step(3, 'Weighing each route');
  const worth = await routeWorth(setting, plan, { pool, signal: context.signal });
  if (!worth.ok) return worth;
  step(4, 'Running the book after the plan');
  const moved = movedPack(pack, setting, plan);
  pool.share(moved.packed.id, moved.packed);
  const [after, distancesAfter, unification] = await Promise.all([
    runScenarios({ packed: moved.packed, driverIds: pack.driverIds, shocks: [inputs.shock], assumptions: inputs.assumptions }, pool, quiet),
    runDistances({ ...work, pack: moved }),
    runUnification(desk.value, wish.recoveryFraction, { pool, context: quiet }),
  ]);
  if (!after.ok) return after;
  if (!distancesAfter.ok) return distancesAfter;
  if (!unification.ok) return unification;
  step(STEPS, 'Done');
  return succeed({
    ...{ inputs, pack, terms, wish, now, setting, plan },
    before: before.value,
    after: after.value,
    jointMoves: { before: distances.value.joint, after: distancesAfter.value.joint },
    scan: scanned.value,
    solver,
    worthUsd: worth.value,
    unification: unification.value,
  });
}

async function runScan(
  inputs: AnalysisInputs,
  pack: PackResult,
  { pool, context }: { readonly pool: Pool; readonly context: RunContext },
): Promise<Result<ScanRequirement>> {
  const shocks = [{ moves: {}, volatilityShift: 0 }, ...scanShocks(inputs.shock, pack.driverIds)];
  const table = await pool.run(
    { name: 'revalue', inputs: [{ packedId: pack.packed.id, quantities: null, ...packShocks(shocks, pack.driverIds) }] },
    context.signal,
  );
  if (!table.ok) return table;
  const equity = table.value[0]?.equityUsd ?? new Float64Array(0);
  const accounts = pack.accountIds.length;
  const isNetted = Uint8Array.from(pack.accountIds, (_, a) => (canNet(pack, a) ? 1 : 0));
  return succeed(scanRequirement(equity.slice(0, accounts), equity.slice(accounts), isNetted));
}

/** The book after the plan, under a name of its own. */
function movedPack(pack: PackResult, { named, problem }: TransferSetting, plan: TransferPlan): PackResult {
  const { positions, initial } = pack.packed;
  const quantity = positions.quantity.slice();
  const shift = (p: number, usd: number): void => {
    const price = initial.priceUsd[positions.asset[p] ?? 0] ?? 0;
    const moved = (quantity[p] ?? 0) + usd / price;
    // Neither a holding nor a debt changes its sign by the last digit of the solver.
    quantity[p] = positions.kind[p] === POSITION_KIND.debt ? Math.min(0, moved) : Math.max(0, moved);
  };
  plan.movedUsd.forEach((usd, r) => {
    const route = named[r];
    if (route === undefined || usd < LEAST_TRANSFER_USD) return;
    shift(route.sourcePosition, -usd);
    shift(route.targetPosition, usd * (problem.routes[r]?.arrivesFraction ?? 1));
  });
  const digest = plan.movedUsd.reduce((sum, usd, r) => sum + usd * (r + 1), SHORT_PENALTY);
  return { ...pack, packed: { ...withQuantities(pack.packed, quantity), id: `${pack.packed.id}:moved:${digest}` } };
}
