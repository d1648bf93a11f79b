import type { AnalysisResult } from '../../contract/analysis.ts';
import type { WhatIfQuick } from '../../contract/what-if.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import { lookUp, type Metric } from './metric.ts';
import { numberText, orReason, percentText, usdText } from './number-text.ts';
import {
  accountMetric,
  against,
  ageOf,
  answerOf,
  bookOf,
  fullMetric,
  fullOf,
  notRun,
  NOWHERE,
  quickMetric,
  type Told,
} from './what-if-answer.ts';

const ofTotals =
  (key: 'equityUsd' | 'requirementUsd') =>
  (quick: WhatIfQuick, live: AnalysisResult): Told => ({
    value: quick[key],
    worked: against(usdText, quick[key], live.totals[key]),
    live: usdText(live.totals[key]),
  });

const ACCOUNT_WORDS = {
  useFraction: {
    id: 'whatIf.accounts.useFraction',
    title: 'Requirement use of the account, hypothetical',
    unit: 'fraction',
    definition: 'Share of what stands against the requirement of this account that the requirement takes up, after the edits.',
    formula: 'requirement / resources',
  },
  excessUsd: {
    id: 'whatIf.accounts.excessUsd',
    title: 'Excess of the account, hypothetical',
    unit: 'USD',
    definition: 'What stands against the requirement of this account less the requirement, after the edits; below zero it is liquidated.',
    formula: 'resources − requirement',
  },
  jointMove: {
    id: 'whatIf.accounts.jointMove',
    title: 'Distance, joint, hypothetical',
    unit: 'fraction',
    definition: 'The move of the common axis that liquidates this account of the hypothetical book once everybody reacts.',
    formula: 'first s for which the account falls in the cascade started by s',
  },
  fallsInRound: {
    id: 'whatIf.accounts.fallsInRound',
    title: 'Falls in round, hypothetical',
    unit: 'round',
    definition: 'The round of the cascade at the reference shock in which this account of the hypothetical book is liquidated.',
    formula: 'first round whose starting prices leave the excess below 0',
  },
} as const;

/** Figures of hypothetical books: at once, after the cascades, and what the way there costs. */
export const whatIfMetrics: readonly Metric[] = [
  quickMetric(
    {
      id: 'whatIf.equityUsd',
      title: 'Book value, hypothetical',
      unit: 'USD',
      definition: 'Sum of the equity of all accounts of the hypothetical book, at its prices.',
      formula: 'Σ equity of accounts',
    },
    ofTotals('equityUsd'),
  ),
  quickMetric(
    {
      id: 'whatIf.requirementUsd',
      title: 'Requirement, hypothetical',
      unit: 'USD',
      definition: 'Sum of the requirements of all accounts of the hypothetical book, by the rules of their venues.',
      formula: 'Σ requirement of accounts',
    },
    ofTotals('requirementUsd'),
  ),
  quickMetric(
    {
      id: 'whatIf.useFraction',
      title: 'Requirement use, hypothetical',
      unit: 'fraction',
      definition: 'Share of the resources of all accounts with a requirement that their requirements take up.',
      formula: 'Σ requirement / Σ resources',
    },
    (quick, live) => ({
      value: orReason(quick.useFraction, 'nothing is required of any account'),
      worked: against(percentText, quick.useFraction, live.totals.useFraction),
      live: percentText(live.totals.useFraction),
    }),
  ),
  fullMetric(
    {
      id: 'whatIf.nearestJointMove',
      title: 'Nearest joint breach, hypothetical',
      unit: 'fraction',
      definition: 'The smallest move of the common axis at which any account of the hypothetical book falls, everybody reacting.',
      formula: 'min over accounts of |joint distance|',
    },
    (full, live) => ({
      value: orReason(full.totals.nearestJointMove, 'no account falls anywhere on the axis'),
      worked: `${full.totals.nearestAccountId ?? 'nobody'} at ${percentText(full.totals.nearestJointMove)}; live ${live.totals.nearestAccountId ?? 'nobody'} at ${percentText(live.totals.nearestJointMove)}`,
      live: percentText(live.totals.nearestJointMove),
    }),
  ),
  fullMetric(
    {
      id: 'whatIf.expectedShortfallUsd',
      title: 'Expected shortfall, hypothetical',
      unit: 'USD',
      definition: 'Mean loss of the hypothetical book on its worst days, forced sales included.',
      formula: 'mean of the worst (1 − confidence) of the losses',
    },
    ({ distribution }, live) => ({
      value: distribution.expectedShortfallUsd,
      worked: `the worst ${percentText(1 - distribution.confidence)} of ${distribution.scenarios} days: ${against(usdText, distribution.expectedShortfallUsd, live.distribution.expectedShortfallUsd)}`,
      live: usdText(live.distribution.expectedShortfallUsd),
    }),
  ),
  fullMetric(
    {
      id: 'whatIf.anyLiquidationFraction',
      title: 'Any liquidation, hypothetical',
      unit: 'fraction',
      definition: 'Share of the days on which at least one account of the hypothetical book is liquidated.',
      formula: 'days with a liquidation / days',
    },
    ({ distribution }, live) => ({
      value: distribution.anyLiquidationFraction,
      worked: `${distribution.scenarios} days: ${against(percentText, distribution.anyLiquidationFraction, live.distribution.anyLiquidationFraction)}`,
      live: percentText(live.distribution.anyLiquidationFraction),
    }),
  ),
  fullMetric(
    {
      id: 'whatIf.fallen',
      title: 'Accounts lost at the shock, hypothetical',
      unit: 'accounts',
      definition: 'How many accounts of the hypothetical book are liquidated at the reference shock, in any round of the cascade.',
      formula: 'accounts whose excess falls below 0',
    },
    ({ cascade }, live) => ({
      value: cascade.fallen.length,
      worked:
        cascade.fallen.length === 0
          ? 'every account holds'
          : cascade.fallen.map(({ accountId, round }) => `${accountId} in round ${round}`).join(', '),
      live: String(live.cascade.fallen.length),
    }),
  ),
  fullMetric(
    {
      id: 'whatIf.leverageIndex',
      title: 'Systemic leverage index, hypothetical',
      unit: 'of 100',
      definition: 'How tightly the hypothetical book is tied together, between 0 and 100, from the same parts as the live index.',
      formula: 'weighted mean of its parts',
    },
    ({ leverageIndex }, live) => ({
      value: leverageIndex.value,
      worked: `${numberText(leverageIndex.value)} against ${numberText(live.leverageIndex.value)} live`,
      live: numberText(live.leverageIndex.value),
    }),
  ),
  {
    id: 'whatIf.costUsd',
    title: 'Cost of getting there',
    unit: 'USD',
    definition:
      'What the way from the live book to the hypothetical one costs at the market it started from: half the spread, fees and gas.',
    formula: 'Σ |contracts| × (half spread + fee) + gas for every other row that changes',
    notes: [
      NOWHERE,
      'A contract without bid and ask makes it a named failure: a cost that is not known is not zero. Premium is not a cost; it buys a position.',
    ],
    find: ({ whatIfs }, subjectId) => {
      const book = bookOf(whatIfs, subjectId);
      if (!book.ok) return book;
      const { known } = book.value;
      if (known !== null && known.cost === null) return notRun(book.value);
      const costUsd = known === null ? 0 : (known.cost?.costUsd ?? 0);
      const edits = known?.told.edits.length ?? 0;
      const told = {
        value: costUsd,
        worked: `${edits} edits: ${usdText(costUsd)}`,
        live: usdText(0),
        liveSource: 'the book one is in already',
      };
      return succeed(answerOf(book.value, told, ageOf(book.value, 'cost')));
    },
  },
  ...(['useFraction', 'excessUsd'] as const).map((key) =>
    accountMetric(ACCOUNT_WORDS[key], ({ book, accountId, known }) => {
      const found = lookUp(
        book.known?.quick?.accounts ?? [],
        (each) => each.accountId === accountId,
        `account ${accountId} of ${book.name}`,
      );
      if (!found.ok) return found;
      const { requirementUsd, excessUsd } = found.value;
      const resources = excessUsd === null ? null : requirementUsd + excessUsd;
      const live = known.analysis.accounts.find((each) => each.accountId === accountId)?.[key];
      const text = key === 'useFraction' ? percentText : usdText;
      const parts =
        key === 'useFraction' ? `${usdText(requirementUsd)} / ${usdText(resources)}` : `${usdText(resources)} − ${usdText(requirementUsd)}`;
      return succeed({
        value: orReason(found.value[key], 'nothing is required of it'),
        worked: `${parts} = ${text(found.value[key])}`,
        live: text(live),
        notes: [],
      });
    }),
  ),
  ...(['jointMove', 'fallsInRound'] as const).map((key) =>
    accountMetric(ACCOUNT_WORDS[key], ({ book, accountId, known }) => {
      const full = fullOf(book, known.analysis);
      if (!full.ok) return full;
      return answerOfAccount(full.value, known.analysis, { accountId, key, notes: ageOf(book, 'full'), name: book.name });
    }),
  ),
];

function answerOfAccount(
  full: AnalysisResult,
  live: AnalysisResult,
  {
    accountId,
    key,
    notes,
    name,
  }: { readonly accountId: string; readonly key: 'jointMove' | 'fallsInRound'; readonly notes: readonly string[]; readonly name: string },
): Result<Told & { readonly notes: readonly string[] }> {
  const found = lookUp(full.accounts, (each) => each.accountId === accountId, `account ${accountId} of ${name}`);
  const before = live.accounts.find((each) => each.accountId === accountId);
  const fallen = full.cascade.fallen.find((each) => each.accountId === accountId);
  const isMove = key === 'jointMove';
  const text = isMove ? percentText : numberText;
  return found.ok
    ? succeed({
        value: orReason(found.value[key], isMove ? 'no move of the axis liquidates it' : 'it holds at the reference shock'),
        worked: isMove
          ? `joint ${percentText(found.value.jointMove)} against alone ${percentText(found.value.aloneMove)}`
          : (fallen?.because ?? 'its excess stays above 0 in every round'),
        live: text(before?.[key]),
        notes,
      })
    : found;
}
