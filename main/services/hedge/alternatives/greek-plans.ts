import { bookGreeks, unitGreeks } from '../../../engine/hedge/book-greeks.ts';
import { greekNeutralHedge, type Greeks } from '../../../engine/hedge/greek-neutral.ts';
import { POSITION_KIND } from '../../../engine/packed/packed-book.ts';
import type { Plan } from '../measures.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';

/** A plan made without the program, and what the market or the list of candidates did not allow. */
export type GreekPlan = { readonly plan: Plan; readonly notes: readonly string[] };

/** Options tried in pairs for gamma and vega; more adds nothing once two are independent. */
const MOST_OPTIONS = 8;

/**
 * Look-through delta of each driver taken to zero with the contracts that cost least per coin, each up to its depth. Requirements are
 * not looked at: that is what the comparison is for.
 */
export function deltaPlan(setting: Setting): GreekPlan {
  const amounts = new Map<Candidate, number>();
  const notes = setting.pack.packed.drivers.length === 0 ? ['nothing moves'] : [];
  for (const [driver, name] of setting.pack.driverIds.entries()) {
    const book = bookGreeks(setting.pack.packed, driver);
    notes.push(...sellDelta(setting, { driver, name, delta: book.delta }, amounts));
  }
  return planOf(amounts, notes);
}

/**
 * Gamma and vega of each driver taken to zero with the two most liquid options that can do it, then the delta that is left with contracts.
 * Options can only be bought here, so a book that is long both is left with its delta hedge; it is said which.
 */
export function deltaGammaVegaPlan(setting: Setting): GreekPlan {
  const { packed, driverIds } = setting.pack;
  const amounts = new Map<Candidate, number>();
  const notes: string[] = [];
  for (const [driver, name] of driverIds.entries()) {
    const book = bookGreeks(packed, driver);
    const found = neutralOptions(setting, driver, book);
    if (found === null) {
      if (book.gamma !== 0 || book.vega !== 0) notes.push(`no two options on ${name} that can be bought take its gamma and vega to zero`);
      notes.push(...sellDelta(setting, { driver, name, delta: book.delta }, amounts));
      continue;
    }
    let delta = book.delta;
    for (const { candidate, units } of found) {
      const amount = Math.min(units, candidate.upper);
      if (amount < units) notes.push(`${candidate.target.instrumentId} is not deep enough: ${Math.round((100 * amount) / units)} % of it`);
      amounts.set(candidate, amount);
      delta += amount * unitGreeks(packed, candidate.targetRow, driver).delta;
    }
    notes.push(...sellDelta(setting, { driver, name, delta }, amounts));
  }
  return planOf(amounts, notes);
}

type Exposure = { readonly driver: number; readonly name: string; readonly delta: number };

/** Fills contracts against a delta, cheapest per coin first; says what is left. */
function sellDelta(setting: Setting, { driver, name, delta }: Exposure, amounts: Map<Candidate, number>): string[] {
  const { packed } = setting.pack;
  const contracts = setting.candidates
    .filter(({ targetRow, isTrade }) => {
      const kind = packed.positions.kind[targetRow] ?? 0;
      return isTrade && (kind === POSITION_KIND.linearFuture || kind === POSITION_KIND.inverseFuture);
    })
    .map((candidate) => ({ candidate, delta: candidate.sign * unitGreeks(packed, candidate.targetRow, driver).delta }))
    .filter((each) => each.delta * delta < 0)
    .toSorted((a, b) => a.candidate.costUsd / Math.abs(a.delta) - b.candidate.costUsd / Math.abs(b.delta));
  let left = delta;
  for (const { candidate, delta: each } of contracts) {
    const taken = amounts.get(candidate) ?? 0;
    const amount = wholeLots(candidate, Math.min(-left / each, candidate.upper - taken));
    if (amount <= 0) continue;
    amounts.set(candidate, taken + amount);
    left += amount * each;
  }
  const share = Math.abs(left / (delta || 1));
  return share < 0.01 ? [] : [`${Math.round(100 * share)} % of the delta in ${name} is left: the contracts are not deep enough`];
}

function neutralOptions(setting: Setting, driver: number, book: Greeks): { candidate: Candidate; units: number }[] | null {
  const { packed } = setting.pack;
  const options = setting.candidates
    .filter((candidate) => candidate.isOption && candidate.sign === 1)
    .map((candidate) => ({ candidate, greeks: unitGreeks(packed, candidate.targetRow, driver) }))
    .filter(({ greeks }) => greeks.gamma > 0 && greeks.vega > 0)
    .toSorted((a, b) => b.candidate.upper * b.greeks.vega - a.candidate.upper * a.greeks.vega)
    .slice(0, MOST_OPTIONS);
  for (const [at, first] of options.entries()) {
    for (const second of options.slice(at + 1)) {
      const hedge = greekNeutralHedge(book, [first.greeks, second.greeks]);
      const [x = -1, y = -1] = hedge?.options ?? [];
      if (x > 0 && y > 0) {
        return [
          { candidate: first.candidate, units: x },
          { candidate: second.candidate, units: y },
        ];
      }
    }
  }
  return null;
}

function wholeLots(candidate: Candidate, amount: number): number {
  return Math.floor(amount / candidate.step + 1e-9) * candidate.step;
}

function planOf(amounts: ReadonlyMap<Candidate, number>, notes: readonly string[]): GreekPlan {
  return { plan: { candidates: [...amounts.keys()], amounts: [...amounts.values()] }, notes };
}
