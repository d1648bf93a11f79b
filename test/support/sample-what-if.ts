import type { Blotter } from '../../main/contract/blotter.ts';
import type { KnownWhatIf } from '../../main/services/what-if/known-what-if.ts';
import { sampleAnalysis } from './sample-analysis.ts';

/** A hypothetical book whose cascades are of the book before its last edit. */
export const sampleWhatIf: KnownWhatIf = {
  told: {
    id: 'what-if-1',
    name: 'Trial',
    base: 'live',
    isOutdated: true,
    snapshotAsOf: '2026-02-05T21:29:37Z',
    edits: [
      { id: 'edit-1', title: 'Sell 10 ETH on HYP-1', detail: 'at bid 1,881.0', legIds: [] },
      { id: 'edit-2', title: 'ETH −10 %', detail: '', legIds: [] },
    ],
  },
  quick: {
    equityUsd: sampleAnalysis.totals.equityUsd - 2e6,
    requirementUsd: sampleAnalysis.totals.requirementUsd,
    useFraction: null,
    accounts: sampleAnalysis.accounts.map(({ accountId }) => ({
      accountId,
      equityUsd: 3e6,
      requirementUsd: 1e6,
      excessUsd: 2e6,
      useFraction: 1 / 3,
    })),
  },
  full: { analysis: { ...sampleAnalysis, bookName: 'Trial' }, edits: 'edit-1' },
  cost: { costUsd: 4200, edits: 'edit-1 edit-2' },
};

/** One ticket with a limit, partly filled, and one of an asset that is moved as it is. */
export const sampleBlotter: Blotter = {
  asOf: '2026-02-05T22:00:00Z',
  tickets: [
    {
      id: 'ticket-1',
      createdAt: '2026-02-05T21:40:00Z',
      kind: 'trade',
      side: 'sell',
      venueId: 'HYP',
      accountId: 'HYP-1',
      instrumentId: 'HYP:ETH',
      payAccountId: 'HYP-1',
      payInstrumentId: 'HYP:USDC',
      quantity: '1580',
      filledQuantity: '500',
      remainingQuantity: '1080',
      limitPrice: '1862.2',
      priceUnit: 'USDC',
      limitBasis: 'bid 1881 at 2026-02-05T21:29:37Z less 1 %',
      averagePrice: '1879.5',
      title: 'Sell 1,580 ETH on HYP-1',
      reason: 'Pays in the worst days.',
      expiresAt: '2026-02-05T22:40:00Z',
      source: 'digest#l1',
      state: 'partlyFilled',
    },
    {
      id: 'ticket-2',
      createdAt: '2026-02-05T21:40:00Z',
      kind: 'topUp',
      side: 'pay',
      venueId: 'AAV',
      accountId: 'AAV-LOOP',
      instrumentId: 'AAV:wstETH',
      payAccountId: 'CST-1',
      payInstrumentId: 'CST:wstETH',
      quantity: '562.9',
      filledQuantity: '0',
      remainingQuantity: '562.9',
      limitPrice: null,
      priceUnit: '',
      limitBasis: '',
      averagePrice: null,
      title: 'Add 562.9 wstETH to AAV-LOOP',
      reason: 'AAV-LOOP would be short.',
      expiresAt: '2026-02-05T22:40:00Z',
      source: 'digest#l2',
      state: 'open',
    },
  ],
};
