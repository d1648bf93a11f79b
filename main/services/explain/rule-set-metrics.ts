import type { RuleMeasures, RuleSetRow } from '../../contract/rule-set.ts';
import { answerFrom, lookUp } from './metric.ts';
import type { ExplainedInput, ExplainedNumber, Metric } from './metric.ts';
import { numberText, orReason, percentText, usdText } from './number-text.ts';

type Explained = Pick<ExplainedNumber, 'value' | 'worked'>;

/** A number of one row of the comparison; the subject is the row's id. A row the positions do not fit answers with the reason. */
function ruleSetMetric(metric: Omit<Metric, 'find'>, explain: (measures: RuleMeasures) => Explained): Metric {
  const find: Metric['find'] = ({ ruleSet }, rowId) =>
    answerFrom(
      lookUp(ruleSet?.rows ?? [], (row) => row.id === rowId, `rule set ${rowId ?? '(none named)'}`),
      (row) => ({
        subject: `${ruleSet?.accountId ?? ''} · ${row.title}`,
        ...(row.measures === null ? { value: orReason(null, row.why), worked: row.why } : explain(row.measures)),
        inputs: rowInputs(row),
        notes: [row.why, ...row.findings.map((finding) => finding.text).filter((text) => text !== row.why), ...row.notes],
      }),
    );
  return { ...metric, find };
}

function rowInputs(row: RuleSetRow): ExplainedInput[] {
  const source = `${row.source}, ${row.asOf}`;
  const { measures } = row;
  return [
    { name: 'rules', value: row.status, source },
    ...(measures === null
      ? []
      : [
          { name: 'limit', value: usdText(measures.resourcesUsd), source },
          { name: 'used', value: usdText(measures.requirementUsd), source: 'the same positions, now' },
        ]),
  ];
}

const SAME = 'The same positions and prices as in force; only the rules differ.';

/** Numbers of the comparison of rules. */
export const ruleSetMetrics: readonly Metric[] = [
  ruleSetMetric(
    {
      id: 'ruleSet.resourcesUsd',
      title: 'Limit under these rules',
      unit: 'USD',
      definition: 'What the positions count for under these rules: collateral at its thresholds, or equity after haircuts.',
      formula: 'limit = Σ collateral × threshold (lending) or equity (margin)',
      notes: [SAME],
    },
    (m) => ({ value: m.resourcesUsd, worked: `limit = ${usdText(m.resourcesUsd)}` }),
  ),
  ruleSetMetric(
    {
      id: 'ruleSet.requirementUsd',
      title: 'Used under these rules',
      unit: 'USD',
      definition: 'What these rules ask the account to cover: its debt, or its maintenance margin.',
      formula: 'used = debt (lending) or maintenance margin (margin)',
      notes: [SAME],
    },
    (m) => ({ value: m.requirementUsd, worked: `used = ${usdText(m.requirementUsd)}` }),
  ),
  ruleSetMetric(
    {
      id: 'ruleSet.excessUsd',
      title: 'Excess under these rules',
      unit: 'USD',
      definition: 'How far the account would be above its requirement under these rules.',
      formula: 'excess = limit − used',
      notes: [SAME],
    },
    (m) => ({ value: m.excessUsd, worked: `${usdText(m.resourcesUsd)} − ${usdText(m.requirementUsd)} = ${usdText(m.excessUsd)}` }),
  ),
  ruleSetMetric(
    {
      id: 'ruleSet.healthFactor',
      title: 'Health factor under these rules',
      unit: '',
      definition: 'Limit over debt; the account could be liquidated below 1.',
      formula: 'health factor = Σ collateral × threshold / debt',
      notes: [SAME],
    },
    (m) => ({
      value: orReason(m.healthFactor, 'only lending accounts have a health factor'),
      worked: `${usdText(m.resourcesUsd)} / ${usdText(m.requirementUsd)} = ${numberText(m.healthFactor)}`,
    }),
  ),
  ruleSetMetric(
    {
      id: 'ruleSet.availableBorrowUsd',
      title: 'Can still be borrowed',
      unit: 'USD',
      definition: 'What the loan-to-values (borrow factors) lend on the collateral, less what is owed.',
      formula: 'available = Σ collateral × loan-to-value − debt',
      notes: ['Below zero the venue would not open these positions, though they hold.', 'Caps and liquidity of the venue are left out.'],
    },
    (m) => ({
      value: orReason(m.availableBorrowUsd, 'margin accounts do not borrow against loan-to-values'),
      worked: `available = ${usdText(m.availableBorrowUsd)}`,
    }),
  ),
  ruleSetMetric(
    {
      id: 'ruleSet.interestDays',
      title: 'Days to liquidation by interest alone',
      unit: 'days',
      definition: 'After how long the interest of the debts alone uses up the excess, prices and rates unchanged.',
      formula: 'first t with Σ collateral × threshold × (1 + supply rate × t) < Σ debt × (1 + x + x²/2 + x³/6), x = borrow rate × t',
      notes: ['Infinite where it never does within a hundred years. Collateral whose rate is not recorded earns nothing.'],
    },
    (m) => ({
      value: orReason(m.interestDays, 'margin accounts pay no interest here'),
      worked: `${numberText(m.interestDays)} days; a point more per year costs ${usdText(m.ratePointUsd)} of excess in 30 days`,
    }),
  ),
  ruleSetMetric(
    {
      id: 'ruleSet.aloneMove',
      title: 'Distance alone under these rules',
      unit: 'fraction',
      definition: 'The move of the common axis that would liquidate the account under these rules while nobody sells.',
      formula: 'first s with excess(prices × (1 + β s)) < 0',
      notes: [SAME],
    },
    (m) => ({ value: orReason(m.aloneMove, 'no move of the axis liquidates it while nobody sells'), worked: driverWords(m) }),
  ),
  ruleSetMetric(
    {
      id: 'ruleSet.jointMove',
      title: 'Distance, joint, under these rules',
      unit: 'fraction',
      definition: 'The same with every account and the crowd reacting to each other, all of them under the rules of this row.',
      formula: 'first s for which the account falls in the cascade started by s',
      notes: [SAME, 'Only this account moves to another venue or mode; a changed rule holds for everybody at the venue.'],
    },
    (m) => ({
      value: orReason(m.jointMove, 'no move of the axis liquidates it, not even with everybody selling'),
      worked: `joint ${percentText(m.jointMove)} against alone ${percentText(m.aloneMove)}`,
    }),
  ),
];

/** 'ETH alone −38.20 %; BTC alone never' */
function driverWords({ byDriver }: RuleMeasures): string {
  return byDriver
    .map(
      ({ driver, downMove, upMove }) =>
        `${driver} alone ${downMove === null && upMove === null ? 'never' : percentText(downMove ?? upMove)}`,
    )
    .join('; ');
}
