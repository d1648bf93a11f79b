import type { StateFall } from '../../../contract/hedge-survival.ts';
import { leastIndex } from '../../../engine/hedge/binding-scenario.ts';
import type { BuiltProblem } from '../../../engine/hedge/build-problem.ts';
import { leastStateFallUsd } from '../choose-legs.ts';
import type { Pass } from '../passes.ts';
import type { Setting } from '../setting.ts';
import { moneyText, shockText } from '../words/words.ts';
import { happening, subjectOf } from './happening.ts';

/**
 * Accounts that hold in every retained scenario with the legs, and would fall in one if a hedge were lost or money stopped: by how much at
 * worst, as the program sees it, largest first.
 */
export function stateFallsOf(setting: Setting, { built, choice }: Pick<Pass, 'built' | 'choice'>): StateFall[] {
  const holds = new Set(
    built.limits.flatMap(({ account, kind }, index) => (kind === 'alive' && leastAfter(built, choice, index).usd >= 0 ? [account] : [])),
  );
  return built.limits
    .flatMap(({ account, state }, index): StateFall[] => {
      if (state === null || !holds.has(account)) return [];
      const { usd, scenario } = leastAfter(built, choice, index);
      if (usd > -leastStateFallUsd) return [];
      const accountId = setting.pack.accountIds[account] ?? '';
      const shock = setting.shocks.retained[scenario];
      const when = scenario === 0 || shock === undefined ? 'at the reference shock' : `at ${shockText(shock)}`;
      return [
        {
          accountId,
          kind: state.kind,
          subject: subjectOf(setting, state),
          shortUsd: -usd,
          text: `${accountId} holds unless ${happening(setting, state)}: then short by ${moneyText(-usd)} USD ${when}.`,
        },
      ];
    })
    .sort((a, b) => b.shortUsd - a.shortUsd);
}

/** Least excess under a limit with the legs done, and the retained scenario it is in. */
function leastAfter({ problem }: BuiltProblem, choice: Pass['choice'], index: number): { readonly usd: number; readonly scenario: number } {
  const excessUsd = problem.accounts[index]?.excessUsd.slice() ?? new Float64Array(0);
  choice.chosen.forEach((decision, at) => {
    const amount = choice.amounts[at] ?? 0;
    const effectUsd = problem.decisions[decision]?.excess.find(({ account }) => account === index)?.effectUsd;
    if (amount === 0 || effectUsd === undefined) return;
    for (let s = 0; s < excessUsd.length; s += 1) excessUsd[s] = (excessUsd[s] ?? 0) + amount * (effectUsd[s] ?? 0);
  });
  const scenario = leastIndex(excessUsd);
  return { usd: excessUsd[scenario] ?? Number.POSITIVE_INFINITY, scenario };
}
