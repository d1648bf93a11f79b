import type { BacktestResult, BacktestWindow } from '../../contract/backtest.ts';
import { figure, listing } from '../analysis/words.ts';

/** On how many windows the program beats every baseline, and to what it loses on the others. */
export function summaryOf(windows: readonly BacktestWindow[]): BacktestResult['summary'] {
  const beatsAll = windows.filter(({ comparisons }) => comparisons.every((each) => each.outcome === 'won')).map(({ window }) => window.id);
  const rest = windows.filter(({ window }) => !beatsAll.includes(window.id));
  const why = rest.map(({ window, comparisons, strategies }) => {
    const named = comparisons
      .filter((each) => each.outcome !== 'won')
      .map((each) => {
        const name = strategies.find(({ id }) => id === each.strategyId)?.name ?? each.strategyId;
        return each.outcome === 'tied' ? `ties with “${name.toLowerCase()}”` : `loses to “${name.toLowerCase()}” on ${each.by}`;
      });
    return `${window.id}: ${listing(named)}`;
  });
  const head =
    beatsAll.length === 0
      ? `In none of ${figure(windows.length, 0)} windows does the program beat every baseline.`
      : `In ${figure(beatsAll.length, 0)} of ${figure(windows.length, 0)} windows the program beats every baseline: ${listing(beatsAll)}.`;
  return { windows: windows.length, beatsAll, sentence: why.length === 0 ? head : `${head} Not in ${why.join('; ')}.` };
}
