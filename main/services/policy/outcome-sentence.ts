import type { PolicyOutcome } from '../../contract/policy.ts';
import { figure, money, plural } from '../analysis/words.ts';

/** Changes of less than this many dollars are none. */
const NOTABLE_USD = 1000;

/** What a policy did at the shock, in one sentence. */
export function outcomeSentence(outcome: Omit<PolicyOutcome, 'sentence'>, roundsWithout: number): string {
  const { policy, lossChangeUsd, badDebtChangeUsd, rounds, hasConverged } = outcome;
  const end = hasConverged ? '' : ' It had not come to rest at the round limit.';
  if (policy.id === 'none') return `Nothing acts: ${figure(rounds, 0)} ${plural(rounds, 'round')}.${end}`;
  const parts = [
    changeWords('my loss', lossChangeUsd),
    changeWords('bad debt', badDebtChangeUsd),
    ...(rounds === roundsWithout
      ? []
      : [
          `${figure(Math.abs(rounds - roundsWithout), 0)} ${plural(Math.abs(rounds - roundsWithout), 'round')} ${rounds > roundsWithout ? 'more' : 'fewer'}`,
        ]),
  ].filter((part) => part !== '');
  const effect = parts.length === 0 ? 'changes nothing' : parts.join(', ');
  return `${whatItDid(outcome)}: ${effect}.${end}`;
}

function changeWords(what: string, changeUsd: number): string {
  if (Math.abs(changeUsd) < NOTABLE_USD) return '';
  return `${what} ${changeUsd > 0 ? '+' : ''}${money(changeUsd)} USD`;
}

function whatItDid({ policy, haltedRounds, heldBack, deleveragedUsd }: Omit<PolicyOutcome, 'sentence'>): string {
  if (policy.priceBand !== null && haltedRounds > 0)
    return `Markets stand still for ${figure(haltedRounds, 0)} ${plural(haltedRounds, 'round')} in all`;
  if (policy.outflowLimit !== null && heldBack > 0) return `Liquidations wait ${figure(heldBack, 0)} ${plural(heldBack, 'time')} for room`;
  if (Math.abs(deleveragedUsd) >= NOTABLE_USD) return `Deleveraging changes my hedges by ${money(deleveragedUsd)} USD`;
  if (policy.pausesToxic) return 'Borrowers beyond rescue are left alone';
  if (policy.lossOrder !== null) return 'The funds pay first';
  return 'It never acts';
}
