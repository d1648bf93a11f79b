import { fail, succeed, type Result } from '../../domain/failure.ts';
import { findCircle, type Way } from '../../engine/contagion/transfers/find-circle.ts';
import { readPlan, transferProgram, type TransferPlan, type TransferProblem } from '../../engine/contagion/transfers/transfer-program.ts';
import type { Pool } from '../../pool/pool-types.ts';
import type { TransferSetting } from './transfer-routes.ts';

/** Moves smaller than this are rounding of the solver, USD. */
export const LEAST_TRANSFER_USD = 1;
const SOLVER_SECONDS = 20;

/** A plan, with the routes that it was free to use. */
export type PlannedTransfers = { readonly setting: TransferSetting; readonly plan: TransferPlan; readonly solver: string };

/** Where the plans are solved. */
type Solving = { readonly pool: Pool; readonly signal: AbortSignal };

/**
 * The least-cost plan in which nothing goes in a circle: collateral that leaves an account and comes back by another way changes the
 * account's mix, which is not for a transfer to do. Of each circle the way is closed without which the plan is least dear, and the plan is
 * solved again, so every plan on the way is one of the program. It ends, since each step closes a way and without any there is no circle.
 */
export async function planTransfers(routes: TransferSetting, pool: Pool, signal: AbortSignal): Promise<Result<PlannedTransfers>> {
  let setting = routes;
  const first = await solvePlans([setting.problem], { pool, signal });
  if (!first.ok) return first;
  const { solver } = first.value;
  let plan = first.value.plans[0];
  while (plan?.status === 'optimal') {
    const circle = findCircle(waysUsed(setting.problem, plan));
    if (circle.length === 0) return succeed({ setting, plan, solver });
    const tries = circle.map((way) => withoutWay(setting, way));
    const solved = await solvePlans(
      tries.map(({ problem }) => problem),
      { pool, signal },
    );
    if (!solved.ok) return solved;
    const { plans } = solved.value;
    const best = plans.reduce((least, each, i) => (each.objectiveUsd < (plans[least]?.objectiveUsd ?? NaN) ? i : least), 0);
    [setting, plan] = [tries[best] ?? setting, plans[best]];
  }
  return fail('infeasible', `the plan of transfers ended as ${plan?.status ?? 'nothing'}`, {
    remedy: 'Report it: a plan without transfers always exists.',
  });
}

/** By route in use: how much dearer the plan is without the way between its two accounts, all ways at once. */
export async function routeWorth(
  setting: TransferSetting,
  plan: TransferPlan,
  solving: Solving,
): Promise<Result<ReadonlyMap<number, number>>> {
  const used = [...plan.movedUsd.keys()].filter((r) => (plan.movedUsd[r] ?? 0) >= LEAST_TRANSFER_USD);
  const without = used.flatMap((r) => {
    const route = setting.problem.routes[r];
    return route === undefined ? [] : [withoutWay(setting, route).problem];
  });
  if (without.length === 0) return succeed(new Map());
  const solved = await solvePlans(without, solving);
  if (!solved.ok) return solved;
  return succeed(new Map(used.map((r, i) => [r, Math.max(0, (solved.value.plans[i]?.objectiveUsd ?? NaN) - plan.objectiveUsd)])));
}

function waysUsed({ routes }: TransferProblem, { movedUsd }: TransferPlan): Way[] {
  return routes.filter((_, r) => (movedUsd[r] ?? 0) >= LEAST_TRANSFER_USD);
}

function withoutWay({ problem, named, lateRoutes }: TransferSetting, way: Way): TransferSetting {
  const isOpen = problem.routes.map(({ from, to }) => from !== way.from || to !== way.to);
  return {
    problem: { ...problem, routes: problem.routes.filter((_, r) => isOpen[r]) },
    named: named.filter((_, r) => isOpen[r]),
    lateRoutes,
  };
}

async function solvePlans(
  problems: readonly TransferProblem[],
  { pool, signal }: Solving,
): Promise<Result<{ plans: TransferPlan[]; solver: string }>> {
  const inputs = problems.map((problem) => ({ program: transferProgram(problem), timeLimitSeconds: SOLVER_SECONDS }));
  const solved = await pool.run({ name: 'solveProgram', inputs }, signal);
  if (!solved.ok) return solved;
  const plans = problems.flatMap((problem, i) => {
    const solution = solved.value[i];
    return solution === undefined ? [] : [readPlan(problem, solution)];
  });
  return succeed({ plans, solver: solved.value[0]?.solver ?? '' });
}
