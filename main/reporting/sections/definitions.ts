import type { AnalysisResult } from '../../contract/analysis.ts';
import type { HedgeSurvival } from '../../contract/policy.ts';
import type { ReportResults } from '../../contract/report-record.ts';
import { figure, money, move } from '../format.ts';
import { left, words, type ReportSection } from '../report-model.ts';
import { section } from './section.ts';

/** Each figure of the report in one sentence. */
export function definitionSections({ analysis, survival, outlook }: ReportResults): ReportSection[] {
  const terms = [...definitions(analysis, survival), ...(outlook === null ? [] : OUTLOOK_TERMS)];
  const rows = terms.map(([term, meaning]) => [words(term, { isStrong: true }), words(meaning)]);
  return [
    section({
      id: 'definitions',
      title: 'Definitions',
      caption: 'each figure of this report',
      tables: [{ id: 'definitions', columns: [left('Term', 1), left('Meaning', 4)], rows }],
    }),
  ];
}

const OUTLOOK_TERMS: readonly (readonly [string, string])[] = [
  ['Call', 'Excess below zero at the end of a time; its chance is the share of the drawn paths on which that is so.'],
  ['Liquidated', 'Excess below zero at any look on the way; jointly, also after the cascade that the end of the path sets off.'],
  ['Cash today', 'The smallest amount, put into the account now, with which the chance is at most the one that is taken.'],
  [
    'Trigger order',
    'Repays as soon as health falls below X, up to health Y; its cost holds fees, slippage, gas and the liquidations it does not prevent.',
  ],
  [
    'Kupiec, Christoffersen',
    'Chance of hits as many, or as bunched, as were seen, if the forecast were right; a small one speaks against it.',
  ],
];

function definitions({ reference, cascade }: AnalysisResult, { days, depegFraction }: HedgeSurvival): (readonly [string, string])[] {
  return [
    ['Requirement', 'Debt of a lending account; maintenance margin of a margin account. USD.'],
    [
      'Excess',
      'Collateral times liquidation threshold, less debt (lending); equity less maintenance margin (margin). Below zero the account is liquidated.',
    ],
    ['Use', 'Requirement divided by what stands against it: 1 / health factor, or margin / equity.'],
    [
      'Alone, joint',
      'Smallest common move at which the account falls when nobody sells, and when every account and the surrounding borrowers react.',
    ],
    ['Second-round loss', 'Loss after the cascade of forced sales, less the loss from the shock itself.'],
    ['Interconnection surplus', 'Joint second-round loss less the sum over venues, each with its own borrowers, run alone.'],
    ['Expected shortfall (ES, CVaR)', 'Mean loss beyond the quantile, the atom at the quantile split; one day, cascade included.'],
    ['Any liquidation', 'Share of the days of the distribution on which any of the book’s accounts falls.'],
    ['Effect of an action', 'Expected shortfall with all actions, less that with all but this one; the full cascade run without it.'],
    [
      'Worth of a limit',
      'What one more unit of it would take off the program’s objective at the solution: expected shortfall, with cost counted as the program weighs it.',
    ],
    ['Gap', 'From the proven bound over all candidates to the value of the whole lots that were chosen, as a share.'],
    [
      'Survival of a leg',
      `Share of the ${days} days of the distribution on which the leg gains that it is neither liquidated nor deleveraged on; a frequency, no forecast. In the what-if of a depeg the asset a gain is paid in is worth ${figure(depegFraction * 100, 0)} % less.`,
    ],
    [
      'Reference shock',
      `${Object.entries(reference.moves)
        .map(([id, value]) => `${id} ${move(value)}`)
        .join(', ')}, implied volatility ${figure(reference.volatilityShift * 100, 0)} points.`,
    ],
    [
      'Loss at the reference shock',
      `${money(cascade.firstRoundLossUsd)} USD before any forced sale, ${money(cascade.totalLossUsd)} USD after the cascade.`,
    ],
  ];
}
