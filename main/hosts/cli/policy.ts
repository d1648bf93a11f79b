import type { HedgeSurvival, PolicyComparison } from '../../contract/policy.ts';
import type { InputOf } from '../../contract/contract.ts';
import type { CascadeWish } from './interconnection.ts';
import { dollars, percent, table } from './table.ts';
import type { ExitCode } from './terminal.ts';
import { reportAnswer, type Desk } from './workstation.ts';

/** `policy`: one shock with and without each policy, who bears what, and what a needless halt costs. */
export async function comparePolicies(desk: Desk, wish: CascadeWish): Promise<ExitCode> {
  return reportAnswer(desk, await desk.client.call('policy.compare', shockInput(wish)), policyText);
}

/** `survival`: what becomes of each hedge in a shock, and how often it was kept on the days of the history. */
export async function showSurvival(desk: Desk, wish: CascadeWish): Promise<ExitCode> {
  return reportAnswer(desk, await desk.client.call('policy.survival', shockInput(wish)), survivalText);
}

function shockInput({ moves, volatility, thinning, crowd, rules }: CascadeWish): Pick<InputOf<'policy.compare'>, 'shock' | 'cascade'> {
  return {
    ...(moves === undefined && volatility === undefined ? {} : { shock: { moves: moves ?? {}, volatilityShift: volatility ?? 0 } }),
    cascade: { ...rules, includeCrowd: crowd, ...(thinning === undefined ? {} : { depthThinningFraction: thinning }) },
  };
}

const figures = (...headings: string[]): { heading: string; isFigure: true }[] => headings.map((heading) => ({ heading, isFigure: true }));

function policyText({ outcomes, stated }: PolicyComparison): string {
  const effects = outcomes.map((outcome) => [
    outcome.policy.name,
    dollars(outcome.lossUsd),
    dollars(outcome.lossChangeUsd),
    dollars(outcome.badDebtUsd),
    String(outcome.rounds),
    String(outcome.fallen.length),
    dollars(outcome.falseHalt.costUsd),
    outcome.sentence,
  ]);
  const borne = outcomes.map(({ policy, bearers, liquidatorsEarnUsd }) => [
    policy.name,
    dollars(liquidatorsEarnUsd),
    dollars(bearers.fundUsd),
    dollars(bearers.counterpartiesUsd),
    dollars(bearers.usersUsd),
    dollars(bearers.mineUsd),
  ]);
  return [
    table(
      [{ heading: 'Policy' }, ...figures('My loss', 'Change', 'Bad debt', 'Rounds', 'Mine fall', 'False halt'), { heading: 'What it did' }],
      effects,
    ),
    '\nWho bears it (bad debt by fund, counterparties and users; mine is the second-round loss):\n',
    table([{ heading: 'Policy' }, ...figures('Liquidators earn', 'Fund', 'Counterparties', 'Users', 'Mine')], borne),
    `\nFalse halt: the move reverses after round ${outcomes[0]?.falseHalt.reversesAfterRound ?? 0}; gains not taken in halted markets less forced sales spared. Below zero the halt paid.\n`,
    statedText(stated),
  ].join('');
}

function survivalText(survival: HedgeSurvival): string {
  const rows = survival.legs.map((leg) => [
    leg.accountId,
    leg.name,
    dollars(leg.idealUsd),
    dollars(leg.executedUsd),
    '$0',
    typeof leg.survivalFraction === 'number' ? `${percent(leg.survivalFraction)} of ${leg.gainDays}` : 'n/a',
    dollars(leg.nakedUsd),
    leg.sentence,
  ]);
  return [
    rows.length === 0
      ? 'No derivative of the book gains in this shock: there is no hedge to lose.\n'
      : table(
          [
            { heading: 'Account' },
            { heading: 'Hedge' },
            ...figures('Ideal', 'Executed', 'Lost', 'Survives', 'Naked after'),
            { heading: 'What becomes of it' },
          ],
          rows,
        ),
    `\nThe book: ${dollars(survival.bookIdealUsd)} with every hedge ideal, ${dollars(survival.bookExecutedUsd)} as executed, ${dollars(survival.bookLostUsd)} with every hedge lost.\n`,
    `Survives: share of the days of the history (${survival.days} run) on which the leg gains and is kept whole.\n`,
    statedText(survival.stated),
  ].join('');
}

function statedText(stated: PolicyComparison['stated']): string {
  return ['\nTaken for granted:\n', ...stated.map(({ text, value, source }) => `  ${text}: ${value} (${source})\n`)].join('');
}
