import type { HedgeAlternatives } from '../../main/contract/hedge-alternatives.ts';
import type { HedgeRefresh } from '../../main/contract/hedge-refresh.ts';
import { sampleHedge } from './sample-hedge.ts';

/** A comparison of doing nothing with the sample suggestion. */
export const sampleAlternatives: HedgeAlternatives = {
  runId: 'alternatives-1',
  inputsDigest: 'sample',
  confidence: 0.95,
  statement: 'The suggestion keeps everybody alive.',
  scenarios: 500,
  retained: 105,
  alternatives: [
    {
      id: 'nothing',
      name: 'Do nothing',
      meaning: 'The book as it is',
      budgetUsd: null,
      wish: null,
      status: null,
      measures: sampleHedge.before,
      fallsRetained: ['MKR-A'],
      actions: [],
      notes: [],
    },
    {
      id: 'program',
      name: 'Suggestion',
      meaning: 'What the program chooses',
      budgetUsd: null,
      wish: {},
      status: 'optimal',
      measures: sampleHedge.after,
      fallsRetained: [],
      actions: sampleHedge.legs.map(({ title, notionalUsd, costUsd }) => ({ title, notionalUsd, costUsd })),
      notes: [],
    },
  ],
  frontier: [],
};

/** The sample suggestion after ETH has fallen: one leg as it stands, one inside its band, one to be acted on. */
export const sampleRefresh: HedgeRefresh = {
  runId: 'refresh-1',
  madeAt: '2026-01-05T12:00:00Z',
  ageSeconds: 180,
  changes: ['ETH −2.0 %'],
  statement: 'Nobody falls with the standing legs; 1 of 3 legs is outside its no-trade band.',
  isStandingEnough: false,
  standing: sampleHedge.after,
  standingFalls: [],
  fresh: sampleHedge.after,
  freshFalls: [],
  legs: (['same', 'more', 'dropped'] as const).map((change, index) => ({
    id: `l${index + 1}`,
    title: sampleHedge.legs[index]?.title ?? '',
    accountId: sampleHedge.legs[index]?.accountId ?? '',
    change,
    standingQuantity: '100',
    freshQuantity: change === 'dropped' ? null : change === 'more' ? '120' : '100',
    actQuantity: change === 'dropped' ? null : '100',
    gainUsd: 1000 * index,
    costUsd: 500 * index,
    bandFraction: 1,
    band:
      index === 1
        ? {
            driverId: 'ETH',
            rule: 'zakamouline' as const,
            deviationCoin: -12,
            halfWidthCoin: 40,
            whalleyWilmottCoin: 55,
            zakamoulineCoin: 60,
            narrowedBy: 'BIN-USDM',
            gammaCoinPerUsd: -0.5,
            costFraction: 0.0005,
            riskAversionPerUsd: 5e-10,
            volatility: 0.8,
          }
        : null,
    bandUse: ([null, 0.3, 1.5] as const)[index] ?? null,
    isWithinBand: index < 2,
    why: 'As it was; the balance of the legs has moved.',
  })),
  acted: sampleHedge.after,
  actedFalls: [],
  whyBands: null,
  programMs: 480,
  totalMs: 900,
};
