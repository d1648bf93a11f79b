import type { AnalysisResult } from '../../contract/analysis.ts';
import { sourcesOf } from './coverage-note.ts';
import { analysisMetric, answerFrom, lookUp } from './metric.ts';
import type { ExplainedInput, Metric } from './metric.ts';
import { numberOf, orReason, percentText, usdText } from './number-text.ts';

/** The largest accounts by the size of one of their numbers. */
function largestAccounts(analysis: AnalysisResult, field: 'equityUsd' | 'grossUsd' | 'maintenanceRequirementUsd'): ExplainedInput[] {
  const sized = analysis.accounts.map((account) => ({ account, size: Math.abs(numberOf(account[field]) ?? 0) }));
  return sized
    .toSorted((left, right) => right.size - left.size)
    .slice(0, 6)
    .map(({ account }) => ({ name: account.accountId, value: usdText(account[field]), source: account.venueName }));
}

/** Numbers of the whole book and of a venue. */
export const bookMetrics: readonly Metric[] = [
  analysisMetric(
    {
      id: 'totals.equityUsd',
      aliases: ['book.equityUsd'],
      title: 'Book value',
      unit: 'USD',
      definition: 'Sum of the equity of all accounts.',
      formula: 'Σ equity of accounts',
      notes: [
        'Whole market value without haircut or closing cost; an account that cannot be priced is left out and named in the coverage.',
      ],
    },
    (analysis) => ({
      value: analysis.totals.equityUsd,
      worked: `${analysis.accounts.length} accounts: ${usdText(analysis.totals.equityUsd)}; a day before ${usdText(analysis.totals.equityDayBeforeUsd)}`,
      inputs: largestAccounts(analysis, 'equityUsd'),
    }),
  ),
  analysisMetric(
    {
      id: 'totals.grossUsd',
      title: 'Gross value',
      unit: 'USD',
      definition: 'Sum of the sizes of all positions, whatever their sign.',
      formula: 'Σ |value or notional|',
      notes: ['Long and short do not cancel.'],
    },
    (analysis) => ({
      value: analysis.totals.grossUsd,
      worked: `${analysis.positions.length} positions: ${usdText(analysis.totals.grossUsd)}`,
      inputs: largestAccounts(analysis, 'grossUsd'),
    }),
  ),
  analysisMetric(
    {
      id: 'totals.requirementUsd',
      aliases: ['totals.maintenanceRequirementUsd', 'book.requirementUsd'],
      title: 'Requirement',
      unit: 'USD',
      definition: 'Sum of the requirements of all accounts: debts at lending venues, maintenance margin elsewhere.',
      formula: 'Σ requirement of accounts',
      notes: ['Requirements of different venues do not net against each other: spare margin here does not help there.'],
    },
    (analysis) => ({
      value: analysis.totals.requirementUsd,
      worked: `${analysis.accounts.length} accounts: ${usdText(analysis.totals.requirementUsd)}`,
      inputs: largestAccounts(analysis, 'maintenanceRequirementUsd'),
    }),
  ),
  analysisMetric(
    {
      id: 'totals.useFraction',
      aliases: ['book.useFraction'],
      title: 'Requirement use',
      unit: 'fraction',
      definition: 'Share of the resources of all accounts with a requirement that their requirements take up.',
      formula: 'Σ requirement / Σ resources',
      notes: ['An average: one account may be past 100 % while the book is far from it. Look at the accounts.'],
    },
    (analysis) => {
      const use = analysis.totals.useFraction;
      const resources = use === null || use === 0 ? null : analysis.totals.requirementUsd / use;
      return {
        value: orReason(use, 'no account has a requirement'),
        worked: `${usdText(analysis.totals.requirementUsd)} / ${usdText(resources)} = ${percentText(use)}`,
        inputs: analysis.venues.slice(0, 6).map((venue) => ({
          name: venue.venueName,
          value: percentText(venue.useFraction),
          source: `requirement ${usdText(venue.requirementUsd)}`,
        })),
      };
    },
  ),
  analysisMetric(
    {
      id: 'totals.nearestJointMove',
      title: 'Nearest account',
      unit: 'fraction',
      definition: 'The smallest move of the common axis at which any account of the book falls, everybody reacting.',
      formula: 'min over accounts of |joint distance|',
      notes: ['Negative is a fall.'],
    },
    (analysis) => ({
      value: orReason(analysis.totals.nearestJointMove, 'no account falls anywhere on the axis'),
      worked:
        analysis.totals.nearestAccountId === null
          ? 'no account is reached'
          : `${analysis.totals.nearestAccountId} at ${percentText(analysis.totals.nearestJointMove)}`,
      inputs: analysis.accounts
        .filter((account) => account.jointMove !== null)
        .toSorted((left, right) => Math.abs(left.jointMove ?? 0) - Math.abs(right.jointMove ?? 0))
        .slice(0, 6)
        .map((account) => ({
          name: account.accountId,
          value: percentText(account.jointMove),
          source: `alone ${percentText(account.aloneMove)}`,
        })),
    }),
  ),
  {
    id: 'totals.netDeltaUsd',
    title: 'Net delta',
    unit: 'USD',
    definition: 'Dollars that the book gains when one driver doubles, to first order, all claims on it included.',
    formula: 'Σ positions Δ × price of the driver',
    notes: ['Signed: long above zero. Only for small moves.'],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(
          Object.entries(analysis.totals.netDeltaUsd),
          ([driver]) => subjectId === undefined || driver === subjectId,
          `driver ${subjectId ?? ''}`,
        ),
        ([driver, usd]) => ({
          subject: driver,
          value: usd,
          worked: `${driver}: ${usdText(usd)}`,
          inputs: Object.entries(analysis.totals.netDeltaUsd)
            .slice(0, 6)
            .map(([name, value]) => ({ name, value: usdText(value), source: 'look-through of every position' })),
        }),
      ),
  },
  {
    id: 'venue.useFraction',
    title: 'Requirement use of a venue',
    unit: 'fraction',
    definition: "Share of the resources of the book's accounts at one venue that their requirements take up.",
    formula: 'Σ requirement / Σ resources, accounts of the venue',
    notes: ['Isolated accounts of a venue do not help each other; look at the accounts.'],
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(analysis.venues, (venue) => venue.venueId === subjectId, `venue ${subjectId ?? '(none named)'}`),
        (venue) => ({
          subject: venue.venueName,
          value: orReason(venue.useFraction, 'this venue has no requirement'),
          worked: `requirement ${usdText(venue.requirementUsd)}, equity ${usdText(venue.equityUsd)}: ${percentText(venue.useFraction)}`,
          inputs: analysis.accounts
            .filter((account) => account.venueId === venue.venueId)
            .slice(0, 6)
            .map((account) => ({
              name: account.accountId,
              value: percentText(account.useFraction),
              source: `requirement ${usdText(account.maintenanceRequirementUsd)}`,
            })),
        }),
      ),
  },
  analysisMetric(
    {
      id: 'coverage.pricedFraction',
      title: 'Coverage',
      unit: 'fraction',
      definition: 'Share of the gross value of the book that has a price.',
      formula: 'gross value of priced positions / gross value',
      notes: [
        'A position without a price counts as worth nothing and is listed; an obligation without a price makes its account a named failure.',
      ],
    },
    (analysis) => ({
      value: analysis.coverage.pricedFraction,
      worked: `${analysis.coverage.priced} of ${analysis.coverage.positions} positions priced = ${percentText(analysis.coverage.pricedFraction)}`,
      inputs:
        analysis.coverage.unpriced.length === 0
          ? [{ name: 'sources', value: String(analysis.coverage.sources.length), source: sourcesOf(analysis) }]
          : analysis.coverage.unpriced.slice(0, 6).map((each) => ({ name: each.positionId, value: 'no price', source: each.reason })),
    }),
  ),
];
