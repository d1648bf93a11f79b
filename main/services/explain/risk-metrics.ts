import type { AnalysisResult } from '../../contract/analysis.ts';
import { shockWords } from '../analysis/words.ts';
import { analysisMetric, answerFrom, lookUp } from './metric.ts';
import type { ExplainedInput, Metric } from './metric.ts';
import { numberText, percentText, usdText } from './number-text.ts';

const LOSS_SIGN = 'Losses are above zero here.';
const ONE_DAY = 'Horizon one day: the daily moves of the recorded history, cascade included.';
const REFERENCE = 'At the reference shock of the scenario set only; other shocks give other numbers.';

function distributionInputs({ distribution, scenarioSetId }: AnalysisResult): ExplainedInput[] {
  return [
    { name: 'scenarios', value: String(distribution.scenarios), source: `days of history, scenario set ${scenarioSetId}` },
    { name: 'confidence', value: percentText(distribution.confidence), source: `scenario set ${scenarioSetId}` },
    { name: 'expected shortfall', value: usdText(distribution.expectedShortfallUsd), source: 'cascade included' },
    { name: 'first round only', value: usdText(distribution.expectedShortfallFirstRoundUsd), source: 'same days, nobody sells' },
    { name: 'value at risk', value: usdText(distribution.valueAtRiskUsd), source: 'cascade included' },
    {
      name: 'worst day',
      value: usdText(distribution.lossesUsd.reduce((worst, loss) => Math.max(worst, loss), -Infinity)),
      source: 'of the days used',
    },
  ];
}

function cascadeInputs({ cascade, scenarioSetId }: AnalysisResult): ExplainedInput[] {
  const source = `scenario set ${scenarioSetId}`;
  return [
    { name: 'shock', value: shockWords(cascade.shock.moves), source },
    { name: 'volatility', value: percentText(cascade.shock.volatilityShift), source },
    { name: 'depth gone', value: percentText(cascade.assumptions.depthThinningFraction), source },
    { name: 'rounds', value: `${cascade.rounds.length - 1}${cascade.hasConverged ? '' : ', not settled'}`, source: 'cascade' },
    { name: 'first-round loss', value: usdText(cascade.firstRoundLossUsd), source: 'the shock before any sale' },
    { name: 'total loss', value: usdText(cascade.totalLossUsd), source: 'after the last round' },
  ];
}

/** Numbers of the loss distribution and the reference cascade. */
export const riskMetrics: readonly Metric[] = [
  analysisMetric(
    {
      id: 'distribution.expectedShortfallUsd',
      aliases: ['book.expectedShortfallUsd'],
      title: 'Expected shortfall',
      unit: 'USD',
      definition: 'Mean loss over the worst days beyond the confidence level (also called CVaR).',
      formula: 'ES = mean of the losses in the worst (1 − confidence) of the days, the edge day counted in part',
      notes: [LOSS_SIGN, ONE_DAY, 'Not value at risk, which is the edge of that tail.'],
    },
    (analysis) => ({
      value: analysis.distribution.expectedShortfallUsd,
      worked: `mean of the worst ${percentText(1 - analysis.distribution.confidence)} of ${analysis.distribution.scenarios} days = ${usdText(analysis.distribution.expectedShortfallUsd)}`,
      inputs: distributionInputs(analysis),
    }),
  ),
  analysisMetric(
    {
      id: 'distribution.valueAtRiskUsd',
      title: 'Value at risk',
      unit: 'USD',
      definition: 'The loss that is not exceeded on the confidence share of the days.',
      formula: 'quantile of the losses at the confidence',
      notes: [LOSS_SIGN, ONE_DAY, 'Says nothing about how bad the days beyond it are.'],
    },
    (analysis) => ({
      value: analysis.distribution.valueAtRiskUsd,
      worked: `${percentText(analysis.distribution.confidence)} quantile of ${analysis.distribution.scenarios} losses = ${usdText(analysis.distribution.valueAtRiskUsd)}`,
      inputs: distributionInputs(analysis),
    }),
  ),
  analysisMetric(
    {
      id: 'distribution.expectedShortfallFirstRoundUsd',
      title: 'Expected shortfall, first round',
      unit: 'USD',
      definition: 'The same mean with prices moved but nobody forced to sell.',
      formula: 'ES of the first-round losses of the same days',
      notes: [LOSS_SIGN, ONE_DAY.replace(', cascade included', ', without the cascade')],
    },
    (analysis) => ({
      value: analysis.distribution.expectedShortfallFirstRoundUsd,
      worked: `${usdText(analysis.distribution.expectedShortfallFirstRoundUsd)} against ${usdText(analysis.distribution.expectedShortfallUsd)} with the cascade`,
      inputs: distributionInputs(analysis),
    }),
  ),
  analysisMetric(
    {
      id: 'distribution.diversificationRatio',
      title: 'Diversification',
      unit: '×',
      definition: "Sum of the accounts' own expected shortfalls over the book's: how much they offset each other on ordinary terms.",
      formula: 'Σ ES of accounts alone / ES of the book',
      notes: [
        'Above 1: losses of the accounts do not all come on the same days. It says nothing about forced selling; for that see the interconnection surplus.',
      ],
    },
    (analysis) => ({
      value: analysis.distribution.diversificationRatio,
      worked: `ratio ${numberText(analysis.distribution.diversificationRatio)}, ES of the book ${usdText(analysis.distribution.expectedShortfallUsd)}`,
      inputs: distributionInputs(analysis),
    }),
  ),
  analysisMetric(
    {
      id: 'distribution.anyLiquidationFraction',
      aliases: ['book.anyLiquidationFraction'],
      title: 'Any liquidation',
      unit: 'fraction',
      definition: 'Share of the days on which at least one account of the book is liquidated.',
      formula: 'days with a fallen account / days',
      notes: [ONE_DAY, 'A count over history, not a forecast.'],
    },
    ({ distribution, ...analysis }) => ({
      value: distribution.anyLiquidationFraction,
      worked: `${Math.round(distribution.anyLiquidationFraction * distribution.scenarios)} of ${distribution.scenarios} days = ${percentText(distribution.anyLiquidationFraction)}`,
      inputs: distributionInputs({ distribution, ...analysis }).slice(0, 2),
    }),
  ),
  analysisMetric(
    {
      id: 'cascade.firstRoundLossUsd',
      title: 'First-round loss',
      unit: 'USD',
      definition: 'Loss of the book from the shock itself, before anybody is forced to sell.',
      formula: 'equity before − equity at the shocked prices',
      notes: [LOSS_SIGN, REFERENCE],
    },
    (analysis) => ({
      value: analysis.cascade.firstRoundLossUsd,
      worked: usdText(analysis.cascade.firstRoundLossUsd),
      inputs: cascadeInputs(analysis),
    }),
  ),
  analysisMetric(
    {
      id: 'cascade.totalLossUsd',
      title: 'Loss at the reference shock',
      unit: 'USD',
      definition: 'Loss of the book once the last forced sale is done.',
      formula: 'first-round loss + second-round loss',
      notes: [LOSS_SIGN, REFERENCE],
    },
    (analysis) => ({
      value: analysis.cascade.totalLossUsd,
      worked: `${usdText(analysis.cascade.firstRoundLossUsd)} + ${usdText(analysis.cascade.totalLossUsd - analysis.cascade.firstRoundLossUsd)} = ${usdText(analysis.cascade.totalLossUsd)}`,
      inputs: cascadeInputs(analysis),
    }),
  ),
  analysisMetric(
    {
      id: 'cascade.badDebtUsd',
      title: 'Bad debt',
      unit: 'USD',
      definition: 'Debt left when the collateral behind it is exhausted.',
      formula: 'Σ debt left of accounts without collateral',
      notes: ['Borne by the lenders of the market, so claims on them lose value.', REFERENCE],
    },
    (analysis) => ({ value: analysis.cascade.badDebtUsd, worked: usdText(analysis.cascade.badDebtUsd), inputs: cascadeInputs(analysis) }),
  ),
  analysisMetric(
    {
      id: 'cascade.lossAmplification',
      title: 'Amplification of losses',
      unit: '×',
      definition: 'How many times the loss of the shock itself is lost in the end.',
      formula: 'total loss / first-round loss',
      notes: ['1 means that nobody was forced to sell. Depends on the assumed depth: a thin market overstates it.', REFERENCE],
    },
    (analysis) => ({
      value: analysis.cascade.lossAmplification,
      worked: `${usdText(analysis.cascade.totalLossUsd)} / ${usdText(analysis.cascade.firstRoundLossUsd)} = ${numberText(analysis.cascade.lossAmplification)}`,
      inputs: cascadeInputs(analysis),
    }),
  ),
  {
    id: 'cascade.priceAmplification',
    title: 'Amplification of a price',
    unit: '×',
    definition: 'Fall of a driver after the cascade over the fall it started with.',
    formula: 'total fall / exogenous fall',
    notes: [REFERENCE],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(
          Object.entries(analysis.cascade.priceAmplification),
          ([driver]) => subjectId === undefined || driver === subjectId,
          `driver ${subjectId ?? ''}`,
        ),
        ([driver, value]) => ({
          subject: driver,
          value,
          worked: `${driver} falls ${percentText(analysis.cascade.shock.moves[driver] ?? 0)} by the shock, ${numberText(value)} times that in the end`,
          inputs: cascadeInputs(analysis),
        }),
      ),
  },
  {
    id: 'cascade.lossByAccountUsd',
    title: 'Loss of an account',
    unit: 'USD',
    definition: 'Loss of one account at the reference shock once the last forced sale is done.',
    formula: 'equity before − equity after the last round',
    notes: [LOSS_SIGN, REFERENCE],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(
          Object.entries(analysis.cascade.lossByAccountUsd),
          ([account]) => account === subjectId,
          `loss of account ${subjectId ?? '(none named)'}`,
        ),
        ([account, value]) => ({
          subject: account,
          value,
          worked: `${usdText(value)} of ${usdText(analysis.cascade.totalLossUsd)} of the book`,
          inputs: cascadeInputs(analysis),
        }),
      ),
  },
];
