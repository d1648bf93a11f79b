import type { HedgeResult } from '../../../contract/hedge.ts';
import { shortAccountPenalty } from '../choose-legs.ts';
import type { BuiltProblem } from '../../../engine/hedge/build-problem.ts';
import type { SolvedProblem } from '../program-solver.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';
import { happening } from '../survival/happening.ts';
import { isDebtRow, rowWords } from './rows.ts';

export type Dual = HedgeResult['duals'][number];

const leastPrice = 1e-4;
const most = 8;

/** Prices of the limits that bind, dearest first: by how much one more unit of each lowers expected shortfall plus cost. */
export function dualsInWords(
  setting: Setting,
  built: BuiltProblem,
  found: { solved: SolvedProblem; candidates: readonly Candidate[] },
): Dual[] {
  const { assembled, solution } = found.solved;
  const duals: (Dual & { readonly value: number })[] = [];
  const add = (constraint: string, price: number, text: string) => {
    if (price > leastPrice) duals.push({ constraint, value: -price, text });
  };
  built.limits.forEach((limit, index) => {
    const price = solution.groupPricesUsd[assembled.accountGroup(index)] ?? 0;
    const accountId = setting.pack.accountIds[limit.account] ?? '';
    const isOut = price >= shortAccountPenalty * 0.99;
    if (limit.kind === 'comfort') return;
    const inState = limit.state === null ? '' : `, if ${happening(setting, limit.state)}`;
    const what = limit.kind === 'opening' ? `margin to open with on ${accountId}` : `excess of ${accountId}${inState}`;
    add(
      what,
      price,
      isOut
        ? `No cash reaches ${accountId}: a dollar more there is what it lacks.`
        : `A dollar more of ${what} is worth ${price.toFixed(4)} dollars.`,
    );
  });
  built.purseRows.forEach((row, purse) => {
    const price = solution.groupPricesUsd[assembled.purseGroup(purse)] ?? 0;
    if (isDebtRow(setting, row)) return;
    const name = rowWords(setting, row);
    add(`cash: ${name}`, price, `A dollar more of ${name} is worth ${price.toFixed(4)} dollars.`);
  });
  setting.mandates.forEach(({ name, scale = 1 }, index) => {
    const price = scale * (solution.groupPricesUsd[assembled.mandateGroup(index)] ?? 0);
    add(name, price, `A dollar more of ${name} is worth ${price.toFixed(4)} dollars.`);
  });
  if (assembled.budgetGroup !== null) {
    const price = solution.groupPricesUsd[assembled.budgetGroup] ?? 0;
    add('budget', price, `A dollar more of budget is worth ${price.toFixed(2)} dollars.`);
  }
  found.candidates.forEach((candidate, index) => {
    const price = solution.upperPricesUsd[index] ?? 0;
    if (candidate.depth === null) return;
    const name = setting.book.instrument(candidate.target.instrumentId)?.name ?? candidate.target.instrumentId;
    const perDollar = price / candidate.notionalUsd;
    add(
      `depth of ${name} (${candidate.target.accountId})`,
      perDollar,
      `A dollar more of ${name}, beyond ${candidate.depth.text}, is worth ${perDollar.toFixed(4)} dollars.`,
    );
  });
  return duals.sort((a, b) => a.value - b.value).slice(0, most);
}
