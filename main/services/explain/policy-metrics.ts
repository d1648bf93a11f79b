import type { HedgeLeg, PolicyOutcome } from '../../contract/policy.ts';
import { answerFrom, lookUp } from './metric.ts';
import type { ExplainedNumber, Metric } from './metric.ts';
import { numberText, percentText, usdText } from './number-text.ts';

type Explained = Pick<ExplainedNumber, 'value' | 'worked'>;

/** A number of one policy's outcome; the subject is the policy's id. */
function outcomeMetric(metric: Omit<Metric, 'find'>, explain: (outcome: PolicyOutcome) => Explained): Metric {
  const find: Metric['find'] = ({ policy }, policyId) =>
    answerFrom(
      lookUp(policy?.outcomes ?? [], (outcome) => outcome.policy.id === policyId, `policy ${policyId ?? '(none named)'}`),
      (outcome) => ({
        subject: outcome.policy.name,
        ...explain(outcome),
        inputs: [
          { name: 'my loss', value: usdText(outcome.lossUsd), source: `${outcome.rounds} rounds` },
          { name: 'bad debt', value: usdText(outcome.badDebtUsd), source: 'all venues' },
          { name: 'change of my loss', value: usdText(outcome.lossChangeUsd), source: 'against no policy' },
        ],
        notes: [outcome.sentence],
      }),
    );
  return { ...metric, find };
}

/** A number of one hedge; the subject is the leg's id. */
function legMetric(metric: Omit<Metric, 'find'>, explain: (leg: HedgeLeg) => Explained): Metric {
  const find: Metric['find'] = ({ survival }, legId) =>
    answerFrom(
      lookUp(survival?.legs ?? [], (leg) => leg.legId === legId, `hedge ${legId ?? '(none named)'}`),
      (leg) => ({
        subject: `${leg.accountId} · ${leg.name}`,
        ...explain(leg),
        inputs: [
          { name: 'ideal', value: usdText(leg.idealUsd), source: 'left alone to the final prices' },
          { name: 'executed', value: usdText(leg.executedUsd), source: leg.fate },
          { name: 'days it gains', value: String(leg.gainDays), source: 'history of the scenario set' },
        ],
        notes: [leg.sentence],
      }),
    );
  return { ...metric, find };
}

const LOSS_SIGN = 'Losses are above zero here.';
const CROWD = 'Its place in the queue is measured in an assumed crowd of winners, fitted to the public figures of 2025-10-10.';
/** A figure in USD of one policy's outcome: its field, title, definition and formula. */
const usdOutcome = (
  [field, title, definition, formula]: readonly [field: string, title: string, definition: string, formula: string],
  explain: (outcome: PolicyOutcome) => Explained,
): Metric =>
  outcomeMetric(
    { id: `policy.outcomes.${field}`, title, unit: 'USD', definition, formula, notes: [LOSS_SIGN, 'At the shock that was asked for.'] },
    explain,
  );

const plainUsd = (pick: (outcome: PolicyOutcome) => number) => (outcome: PolicyOutcome) => ({
  value: pick(outcome),
  worked: usdText(pick(outcome)),
});

/** Numbers of the comparison of policies and of the survival of hedges. */
export const policyMetrics: readonly Metric[] = [
  usdOutcome(
    ['lossUsd', 'My loss under a policy', 'Loss of the whole book at the end of the cascade.', 'Σ equity now − Σ equity at the end'],
    plainUsd((o) => o.lossUsd),
  ),
  usdOutcome(
    [
      'lossChangeUsd',
      'Change of my loss',
      'Against the same shock without any policy; below zero the policy helped.',
      'loss with − loss without',
    ],
    (o) => ({
      value: o.lossChangeUsd,
      worked: `${usdText(o.lossUsd)} − ${usdText(o.lossUsd - o.lossChangeUsd)} = ${usdText(o.lossChangeUsd)}`,
    }),
  ),
  usdOutcome(
    [
      'badDebtUsd',
      'Bad debt under a policy',
      'Debt left without collateral, and negative equity of closed accounts, at all venues.',
      'Σ max(0, debt − collateral)',
    ],
    plainUsd((o) => o.badDebtUsd),
  ),
  usdOutcome(
    [
      'bearers.liquidatorsUsd',
      'Borne by liquidators',
      'What selling the collateral brought less than the debt they repaid; zero while they earn.',
      'max(0, repaid − proceeds)',
    ],
    (o) => ({
      value: o.bearers.liquidatorsUsd,
      worked: `they earn ${usdText(o.liquidatorsEarnUsd)}`,
    }),
  ),
  usdOutcome(
    ['bearers.fundUsd', 'Borne by insurance funds', 'Bad debt paid by the funds of the venues where it arose.', 'Σ min(bad debt, fund)'],
    plainUsd((o) => o.bearers.fundUsd),
  ),
  usdOutcome(
    ['bearers.counterpartiesUsd', 'Borne by counterparties', 'What is left after the fund at venues that deleverage.', 'bad debt − fund'],
    plainUsd((o) => o.bearers.counterpartiesUsd),
  ),
  usdOutcome(
    [
      'bearers.usersUsd',
      'Borne by lenders and users',
      'Bad debt that neither fund nor counterparties pay.',
      'bad debt − fund − counterparties',
    ],
    plainUsd((o) => o.bearers.usersUsd),
  ),
  usdOutcome(
    [
      'bearers.mineUsd',
      'Borne by me',
      'Second-round loss of the book: what forced sales and deleveraging cost beyond the shock.',
      'loss − first-round loss',
    ],
    plainUsd((o) => o.bearers.mineUsd),
  ),
  usdOutcome(
    [
      'falseHalt.costUsd',
      'Cost of a false halt',
      'What the policy costs the book when the move reverses in full: gains not taken in halted markets less forced sales spared.',
      'forgone − (loss without − loss with)',
    ],
    ({ falseHalt }) => ({
      value: falseHalt.costUsd,
      worked: `${usdText(falseHalt.forgoneUsd)} − (${usdText(falseHalt.lossWithoutUsd)} − ${usdText(falseHalt.lossWithUsd)}) = ${usdText(falseHalt.costUsd)}`,
    }),
  ),
  outcomeMetric(
    {
      id: 'policy.outcomes.rounds',
      title: 'Rounds under a policy',
      unit: 'rounds',
      definition: 'Rounds until nobody falls or waits.',
      formula: 'count',
      notes: ['Rounds of a halt count.'],
    },
    (o) => ({ value: o.rounds, worked: `${o.rounds} rounds` }),
  ),
  legMetric(
    {
      id: 'policy.legs.idealUsd',
      title: 'Hedge ideal',
      unit: 'USD',
      definition: 'Gain of the leg, left alone to the final prices.',
      formula: 'value at the end − value now',
      notes: [],
    },
    (leg) => ({ value: leg.idealUsd, worked: usdText(leg.idealUsd) }),
  ),
  legMetric(
    {
      id: 'policy.legs.executedUsd',
      title: 'Hedge as executed',
      unit: 'USD',
      definition: 'Gain of the leg after liquidation of its account and auto-deleveraging.',
      formula: 'value when closed − value now',
      notes: [CROWD],
    },
    (leg) => ({ value: leg.executedUsd, worked: usdText(leg.executedUsd) }),
  ),
  legMetric(
    {
      id: 'policy.legs.survivalFraction',
      title: 'Survival of a hedge',
      unit: '',
      definition: 'Share of the days of the history on which the leg gains and is neither liquidated nor deleveraged.',
      formula: 'days kept / days it gains',
      notes: ['A frequency over recorded days, each run through the whole cascade; no forecast.', CROWD],
    },
    (leg) => ({
      value: leg.survivalFraction,
      worked: `${leg.keptDays} / ${leg.gainDays} = ${typeof leg.survivalFraction === 'number' ? percentText(leg.survivalFraction) : leg.survivalFraction.message}`,
    }),
  ),
  legMetric(
    {
      id: 'policy.legs.aheadShare',
      title: 'Ahead in the queue',
      unit: '',
      definition: 'Share of the assumed winners who would be closed before this leg.',
      formula: 'share with a higher profit share × leverage',
      notes: [CROWD],
    },
    (leg) => ({ value: leg.aheadShare, worked: numberText(leg.aheadShare) }),
  ),
  legMetric(
    {
      id: 'policy.legs.nakedUsd',
      title: 'Naked after its loss',
      unit: 'USD',
      definition: 'Exposure of the book to the underlying at the final prices once this leg is gone.',
      formula: 'net exposure − exposure of the leg',
      notes: ['Holdings looked through, derivatives by their delta; other legs left alone.'],
    },
    (leg) => ({ value: leg.nakedUsd, worked: usdText(leg.nakedUsd) }),
  ),
];
