import type { CascadeAssumptions } from '../../../../main/domain/scenario.ts';

type Offer = { readonly value: string; readonly title: string; readonly set: Partial<Undefinable<CascadeAssumptions>> };

/** Undefined in a change takes the rule away. */
type Undefinable<T> = { [Key in keyof T]: T[Key] | undefined };

/** One assumption of the cascade as a row of the bar: what it is called, what is offered, and which of the offers is in force. */
export type AssumptionField = {
  readonly id: keyof CascadeAssumptions;
  readonly title: string;
  /** What it means, for who hovers. */
  readonly meaning: string;
  readonly offers: readonly Offer[];
  /** What stands in the bar where the value is none of the offers. */
  readonly own: (assumptions: CascadeAssumptions) => string;
  /** Its name among the changes, if the title says too little there. */
  readonly changeName?: string;
  /** Stands beside the depth in the first row of the bar, since it says what that depth does next. */
  readonly isBesideDepth?: true;
};

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;

/** Every assumption besides the shock and the thinning, in reading order. A new one is one row. */
export const assumptionFields: readonly AssumptionField[] = [
  {
    id: 'depthResponse',
    title: 'Then',
    meaning:
      'Whether what is left of the depth stays, or thins as sales move the price: as the order book of 2025-10-10 did, to 10 % at least',
    changeName: 'depth response',
    isBesideDepth: true,
    offers: [
      { value: 'stays', title: 'stays', set: { depthResponse: undefined } },
      { value: 'thins', title: 'thins with moves', set: { depthResponse: { sensitivity: 49.6, leastShare: 0.1 } } },
    ],
    own: ({ depthResponse }) => `× exp(−${Number((depthResponse?.sensitivity ?? 0).toFixed(1))} v)`,
  },
  {
    id: 'crossImpact',
    title: 'Cross',
    meaning: 'Whether sales of ETH move BTC too, and the other way round: not, or by half as much. Half is a stand-in, not an estimate',
    changeName: 'cross-impact',
    isBesideDepth: true,
    offers: [
      { value: 'off', title: 'off', set: { crossImpact: undefined } },
      {
        value: 'half',
        title: 'half',
        set: {
          crossImpact: [
            { from: 'ETH', to: 'BTC', beta: 0.5 },
            { from: 'BTC', to: 'ETH', beta: 0.5 },
          ],
        },
      },
    ],
    own: ({ crossImpact }) => (crossImpact ?? []).map(({ from, to, beta }) => `${from}→${to} ${beta}`).join(', ') || 'off',
  },
  {
    id: 'impact',
    title: 'Impact',
    meaning:
      'How far a forced sale moves its market: constant product, exponential, square root of the share of a day’s volume, or along the recorded book or pool',
    offers: [
      { value: 'product', title: 'x·y = k', set: { impact: undefined } },
      { value: 'exponential', title: 'exp', set: { impact: { law: 'exponential', depthShare: 0.5 } } },
      {
        value: 'root',
        title: '√',
        set: { impact: { law: 'squareRoot', coefficient: 1, dailyVolatility: 0.04, dailyVolumePerReserve: 2 } },
      },
      { value: 'recorded', title: 'record', set: { impact: { law: 'recorded' } } },
    ],
    own: ({ impact }) => impact?.law ?? 'x·y = k',
  },
  {
    id: 'latency',
    title: 'Latency',
    meaning: 'Rounds between a borrower’s fall and its liquidation',
    offers: [
      { value: '0', title: '0', set: { latency: undefined } },
      { value: '2', title: '2', set: { latency: { distribution: 'fixed', rounds: 2 } } },
      { value: 'random', title: '~3', set: { latency: { distribution: 'geometric', meanRounds: 3, seed: 7 } } },
    ],
    own: ({ latency }) => latency?.distribution ?? '0',
  },
  {
    id: 'oracle',
    title: 'Oracle',
    meaning: 'Lending venues judge at the market’s price, or at prices posted on a move of 0.5 % or after 25 rounds, without or with a lag',
    offers: [
      { value: 'live', title: 'live', set: { oracle: undefined } },
      { value: 'posts', title: 'posts', set: { oracle: { heartbeatRounds: 25, deviationFraction: 0.005, lagRounds: 0 } } },
      { value: 'lags', title: 'lags 2', set: { oracle: { heartbeatRounds: 25, deviationFraction: 0.005, lagRounds: 2 } } },
    ],
    own: ({ oracle }) => (oracle === undefined ? 'live' : `${percent(oracle.deviationFraction)}, lags ${oracle.lagRounds}`),
  },
  {
    id: 'recoveryPerRound',
    title: 'Recovery',
    meaning: 'Share of what was sold into a market that others buy back in each round',
    offers: [
      { value: 'off', title: 'off', set: { recoveryPerRound: undefined } },
      { value: '0.02', title: '2 %', set: { recoveryPerRound: 0.02 } },
      { value: '0.1', title: '10 %', set: { recoveryPerRound: 0.1 } },
    ],
    own: ({ recoveryPerRound }) => percent(recoveryPerRound ?? 0),
  },
  {
    id: 'keeperGasUsd',
    title: 'Keepers',
    meaning: 'Whether a liquidation always happens, or only where it pays for impact, fees and 50 USD of gas',
    offers: [
      { value: 'always', title: 'always', set: { keeperGasUsd: undefined } },
      { value: 'profit', title: 'at a profit', set: { keeperGasUsd: 50 } },
    ],
    own: ({ keeperGasUsd }) => `${keeperGasUsd ?? 0} USD`,
  },
  {
    id: 'maxRounds',
    title: 'Rounds',
    meaning: 'Most rounds before the cascade is stopped',
    offers: ['1', '5', '60'].map((value) => ({ value, title: value, set: { maxRounds: Number(value) } })),
    own: ({ maxRounds }) => String(maxRounds),
  },
  {
    id: 'includeCrowd',
    title: 'Crowd',
    meaning: 'Whether the surrounding borrowers take part',
    offers: [
      { value: 'on', title: 'with', set: { includeCrowd: true } },
      { value: 'off', title: 'alone', set: { includeCrowd: false } },
    ],
    own: () => '',
  },
  {
    id: 'crowdSizeFactor',
    title: 'Crowd ×',
    meaning: 'How many times as large every surrounding borrower is taken',
    offers: [
      { value: '1', title: '1', set: { crowdSizeFactor: undefined } },
      { value: '2', title: '2', set: { crowdSizeFactor: 2 } },
      { value: '5', title: '5', set: { crowdSizeFactor: 5 } },
    ],
    own: ({ crowdSizeFactor }) => String(crowdSizeFactor ?? 1),
  },
];

/** Assumptions with one offer taken; a rule that is set to undefined is taken away. */
export function withOffer(assumptions: CascadeAssumptions, { set }: Offer): CascadeAssumptions {
  const merged = { ...assumptions, ...set };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as CascadeAssumptions;
}

/** The offer in force; null where the value is none of the offers. */
export function offerOf(field: AssumptionField, assumptions: CascadeAssumptions): Offer | null {
  return field.offers.find((offer) => sameValue(offer.set[field.id], assumptions[field.id])) ?? null;
}

/** Names of what differs between two sets of assumptions, in the order of the bar. */
export function changedNames(now: CascadeAssumptions, reference: CascadeAssumptions): readonly string[] {
  const thinning = now.depthThinningFraction === reference.depthThinningFraction ? [] : ['depth'];
  return [
    ...thinning,
    ...assumptionFields
      .filter((field) => !sameValue(now[field.id], reference[field.id]))
      .map((field) => field.changeName ?? field.title.toLowerCase()),
  ];
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
