import type { NetworkMetric, NetworkResult } from '../../contract/network.ts';
import { answerFrom, lookUp, type ExplainedInput, type Metric } from './metric.ts';
import { numberText, percentText, usdText } from './number-text.ts';

type Definition = Pick<Metric, 'definition' | 'formula' | 'notes'>;

const VELOCITY: Definition = {
  definition: 'Collateral pledged over the window over what of it came from outside: how often the same collateral was put to work.',
  formula: 'V = (pledged at the start + pledged since) / (the same without what was released in the window and pledged again)',
  notes: [
    'From the book’s own journal; the window ends with the market or the last pledge, whichever is later. 1 = nothing was used twice.',
    'What a venue does with a pledge that it may use again is not in the journal.',
  ],
};

const RUN_OFF: Definition = {
  definition: 'Share of the pledged and posted collateral that could be withdrawn and be coins or dollars within the time.',
  formula:
    'Σ by venue of what is free of debts × idle, passed at the venue’s limit a day after its delay and the queues of issuers / Σ value',
  notes: [
    'What debts and positions need at the opening requirement stays. A pool pays only what nobody has borrowed; use that is not known counts as all lent.',
    'The slow end of times and the low end of limits count; nothing is sold, and nobody repays or lends meanwhile.',
  ],
};

/** What each metric means. Those of the look-through and of loops have entries of their own too, with more of their parts. */
const definitions: Readonly<Record<NetworkMetric['id'], Definition>> = {
  lookThroughLeverage: {
    definition: 'Base assets and debts behind everything the book holds, over its equity.',
    formula: 'Σ |t| / E, t = B′ (I − W′)⁻¹ x on assets and liabilities',
    notes: ['Includes leverage inside held vaults and tokens.'],
  },
  collateralMultiplier: {
    definition: 'Value of all claims and pledges stacked on the pledged collateral, over the value of the coins at its bottom.',
    formula: '(Σ gross value of claims + pledged value) / pledged value, each layer of wrapper, share and loan counted once',
    notes: ['1 = coins pledged as they are. The same idea as value locked over value redeemable for a whole system.'],
  },
  rehypothecationFactor: {
    definition: 'How often pledged collateral is pledged over the chain that the book can see: loans it secures that are pledged again.',
    formula: '1 + pledged value that rests on loans secured by pledges / pledged value',
    notes: ['1 = pledged once. A venue that may use a pledge again can make it larger unseen; the coverage leaves such pledges out.'],
  },
  debtFinancedFraction: {
    definition: 'Share of the collateral that was bought with borrowed money.',
    formula: 'Σ min(debt, holdings looked through) by coin and account / collateral',
    notes: ['The higher it is, the more of the collateral leaves when lenders call.'],
  },
  chainDepth: {
    definition: 'Longest path of claims from a position down to a coin.',
    formula: 'longest path in the graph with each loop taken as one',
    notes: ['A vault holding a share that holds a coin has depth 2.'],
  },
  expectedDepth: {
    definition: 'How many claims stand between a dollar held and its coin, on average over the value held.',
    formula: '1′ (I − W′)⁻¹ x / 1′ x',
    notes: ['Coins count at depth 0; every walk of a loop counts.'],
  },
  largestGain: {
    definition: 'Share of value that comes back after one walk round the strongest loop of collateral.',
    formula: 'g = spectral radius of the loop; effective turns 1 / (1 − g)',
    notes: ['At one or more it is reported as circular, never as a number.'],
  },
  crossProtocolFraction: {
    definition: 'Share of what is held whose worth needs a venue or issuer other than the one where it is held.',
    formula: 'Σ held × min(1, Σ over others of the share lost with them) / Σ held',
    notes: ['Overlapping needs are added up and cut off at the whole value, against the holder. The matrix shows each by itself.'],
  },
  velocityHour: VELOCITY,
  velocityDay: VELOCITY,
  velocityWeek: VELOCITY,
  drawdownCorrelation: {
    definition: 'Mean absolute correlation of the drivers of the book on the tenth of days on which its return was worst.',
    formula: 'mean |ρ(i, j)| over days with book return below its 10 % quantile',
    notes: [
      'Picking days changes correlation by itself: only the gap to the value by selection alone, which a normal model gives, is news.',
    ],
  },
  tailDependence: {
    definition:
      'Share of the worst twentieth of days of one driver on which another driver has one of its own worst days, mean over pairs.',
    formula: 'λ(u) = P(U < u | V < u), u = 5 %, U and V ranks among the recorded days',
    notes: [
      'The interval (Wilson, 95 %) counts all pairs as one sample, since they share the days; the limit for a vanishing tail is not taken.',
      'Only the gap to the value for normal moves of the same correlation is news: that is what a correlation does not tell.',
    ],
  },
  runOffHour: RUN_OFF,
  runOffDay: RUN_OFF,
  runOffWeek: RUN_OFF,
  underBackedClaims: {
    definition: 'Claims that are quoted above what backs them.',
    formula: 'count of claims with backing ratio below 1',
    notes: ['Each is a hole that somebody bears; they are valued at their backing.'],
  },
};

const titles: Readonly<Record<NetworkMetric['id'], readonly [title: string, unit: string]>> = {
  lookThroughLeverage: ['Look-through leverage of the network', '×'],
  collateralMultiplier: ['Collateral multiplier', '×'],
  rehypothecationFactor: ['Rehypothecation factor', '×'],
  debtFinancedFraction: ['Debt-financed collateral of the network', 'fraction'],
  chainDepth: ['Chain depth of the network', 'claims'],
  expectedDepth: ['Expected depth', 'claims'],
  largestGain: ['Largest loop gain', ''],
  crossProtocolFraction: ['Cross-protocol exposure', 'fraction'],
  velocityHour: ['Collateral velocity over an hour', '×'],
  velocityDay: ['Collateral velocity over a day', '×'],
  velocityWeek: ['Collateral velocity over a week', '×'],
  drawdownCorrelation: ['Correlation in drawdown', ''],
  tailDependence: ['Tail dependence, lower 5 %', ''],
  runOffHour: ['Collateral run-off within an hour', 'fraction'],
  runOffDay: ['Collateral run-off within a day', 'fraction'],
  runOffWeek: ['Collateral run-off within a week', 'fraction'],
  underBackedClaims: ['Under-backed claims of the network', 'claims'],
};

/** One entry for every metric of the network, with its age and coverage. */
const figures: readonly Metric[] = (Object.keys(definitions) as NetworkMetric['id'][]).map((id) => ({
  id: `network.metrics.${id}`,
  title: titles[id][0],
  unit: titles[id][1],
  ...definitions[id],
  find: ({ analysis }) =>
    answerFrom(
      lookUp(analysis.network.metrics, (metric) => metric.id === id, `the metric ${id}`),
      (metric) => ({
        subject: analysis.bookName,
        value: metric.value,
        worked: typeof metric.value === 'number' ? `${numberText(metric.value)}: ${metric.meaning}` : metric.value.message,
        inputs: inputsOf(metric),
      }),
    ),
}));

function inputsOf(metric: NetworkMetric): ExplainedInput[] {
  return [
    { name: 'made of', value: metric.meaning, source: 'dependency graph' },
    { name: 'oldest price', value: `${numberText(metric.ageMs / 3_600_000)} h old`, source: `market of ${metric.asOf}` },
    {
      name: '24 h ago',
      value: typeof metric.dayBefore === 'number' ? numberText(metric.dayBefore) : 'not known',
      source: typeof metric.dayBefore === 'number' ? 'the same holdings at the prices of the day before' : metric.dayBefore.message,
    },
    { name: 'coverage', value: percentText(metric.coverageFraction), source: 'share of the value it is about whose inputs are known' },
  ];
}

const FAILURE_NOTES = [
  'Every account loses at most its own equity; debts stay at par, also in a token that fails, against the holder.',
  'A feed that fails closes the borrowers it prices at the bonus of their venue; a loan loses only beyond its margin.',
];

function failureMetric(id: 'lossUsd' | 'directUsd' | 'throughUsd', metric: Pick<Metric, 'title' | 'definition' | 'formula'>): Metric {
  return {
    id: `network.failures.${id}`,
    unit: 'USD',
    notes: FAILURE_NOTES,
    ...metric,
    find: ({ analysis }, subjectId) =>
      answerFrom(
        lookUp(analysis.network.failures, (failure) => failure.id === subjectId, `a failure of ${subjectId ?? '(none named)'}`),
        (failure) => ({
          subject: failure.label,
          value: failure[id],
          worked: `${failure.path}; settled in ${failure.rounds} rounds`,
          inputs: failure.accounts
            .slice(0, 6)
            .map(({ accountId, lossUsd }) => ({ name: accountId, value: usdText(lossUsd), source: 'loss of equity' })),
        }),
      ),
  };
}

const exposureMetric: Metric = {
  id: 'network.exposures.valueUsd',
  title: 'Held at one place, resting on another',
  unit: 'USD',
  definition: 'Value held at a venue that would be lost with another venue or issuer.',
  formula: 'Σ held × share lost when the other fails',
  notes: ['A value that rests on several stands under each. Asked by the two ids with a blank between.'],
  find: ({ analysis }, subjectId) =>
    answerFrom(
      lookUp(cells(analysis.network), (cell) => cell.id === subjectId, `a cell ${subjectId ?? '(none named)'}`),
      (cell) => ({
        subject: `${cell.venueName} on ${cell.label}`,
        value: cell.usd,
        worked: `${usdText(cell.usd)} of ${usdText(cell.heldUsd)} held at ${cell.venueName}`,
        inputs: [{ name: 'held', value: usdText(cell.heldUsd), source: cell.venueName }],
      }),
    ),
};

function cells({ exposures }: NetworkResult) {
  return exposures.rows.flatMap((row) =>
    row.valueUsd.map((usd, at) => ({
      id: `${row.venueId} ${exposures.protocols[at]?.id ?? ''}`,
      venueName: row.venueName,
      label: exposures.protocols[at]?.label ?? '',
      heldUsd: row.heldUsd,
      usd,
    })),
  );
}

const concentrationMetric: Metric = {
  id: 'network.exposures.concentration',
  title: 'Concentration of a venue’s needs',
  unit: '',
  definition: 'Herfindahl-Hirschman index of what is held at a venue over the protocols it rests on.',
  formula: 'Σ (value on a protocol / Σ value on all)²',
  notes: ['1 = all on one, the venue itself included; 1 / n for n equal ones.'],
  find: ({ analysis }, subjectId) =>
    answerFrom(
      lookUp(analysis.network.exposures.rows, (row) => row.venueId === subjectId, `a venue ${subjectId ?? '(none named)'}`),
      (row) => ({
        subject: row.venueName,
        value: row.concentration ?? { reason: 'unsupported', message: 'nothing is held there' },
        worked: row.concentration === null ? 'nothing is held there' : `${numberText(row.concentration)} on ${usdText(row.heldUsd)} held`,
        inputs: [],
      }),
    ),
};

/** Figures of the network screen: its metrics, what single failures cost, and which venue needs which protocol. */
export const networkFigures: readonly Metric[] = [
  ...figures,
  failureMetric('lossUsd', {
    title: 'Loss of equity when a node fails',
    definition: 'Equity that the book’s accounts lose when one node fails whole and the loss runs through everything that rests on it.',
    formula: 'Σ E min(1, h), h(t+1) = h(t) + Λ Δh(t) to rest (differential DebtRank), Λ = value that rests on a node / own value',
  }),
  failureMetric('directUsd', {
    title: 'Direct exposure to a node',
    definition: 'Value that the book keeps at a node or holds of what it issues or runs.',
    formula: 'Σ over accounts of max(holdings issued by it, equity held there, penalty under its feed)',
  }),
  failureMetric('throughUsd', {
    title: 'Looked-through exposure to a node',
    definition: 'Value that rests on a node only through something else.',
    formula: 'everything hit by its failure − direct',
  }),
  exposureMetric,
  concentrationMetric,
];
