import type { BookContents } from '../../../main/domain/book.ts';
import type { Snapshot } from '../../../main/domain/snapshot.ts';
import type { TransferTerms } from '../../../main/domain/system.ts';
import type { Venue } from '../../../main/domain/venue.ts';
import type { ProblemParts } from '../../../main/engine/hedge/build-problem.ts';
import { lossesAgainst } from '../../../main/engine/hedge/table-figures.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { hedgeAssumptions } from '../../../main/services/hedge/assumptions.ts';
import { hedgeBook } from '../../../main/services/hedge/hedge-book.ts';
import { prepareSetting } from '../../../main/services/hedge/prepare.ts';
import { runCascades, type Setting } from '../../../main/services/hedge/setting.ts';
import { deskContents, deskSet, deskSnapshot, type Desk } from '../hedge-desk.ts';

const poolVenue: Venue = {
  id: 'pool',
  name: 'Pool',
  mark: 'POL',
  parameters: {
    family: 'lendingPool',
    source: 'made up for the test',
    asOf: '2026-02-05',
    notes: [],
    revision: '3.3',
    closeFactorFraction: 0.5,
    fullLiquidationHealthFactor: 0.95,
    smallPositionUsd: 0,
    smallestLeftoverUsd: 0,
    otherRevisions: [],
    reserves: [reserve('ETH', 0.8, 0.85), reserve('USDC', 0.75, 0.8)],
    eModes: [],
    changes: [],
  },
};

type Reserve = Extract<Venue['parameters'], { family: 'lendingPool' }>['reserves'][number];

function reserve(assetId: string, loanToValueFraction: number, liquidationThresholdFraction: number): Reserve {
  return {
    assetId,
    loanToValueFraction,
    liquidationThresholdFraction,
    liquidationBonusFraction: 0.05,
    protocolFeeFraction: 0.1,
    isBorrowable: true,
    debtCeilingUsd: 0,
    isBorrowableInIsolation: true,
    isSiloed: false,
    rate: null,
    source: 'made up for the test',
  };
}

/** The made-up desk with loans of a pool beside those of the isolated market; the pool's borrowers and idle coins are known. */
export type LoanDesk = Desk & { readonly poolLoans: readonly { readonly id: string; readonly eth: number; readonly usdc: number }[] };

/** The market's idle coins: large enough not to bind. */
const reserves: Snapshot['reserves'] = [
  {
    venueId: 'pool',
    marketId: 'pool',
    assetId: 'USDC',
    borrowRatePerYear: 0.05,
    supplyRatePerYear: 0.04,
    utilisationFraction: 0.05,
    source: 'x',
  },
  {
    venueId: 'pool',
    marketId: 'pool',
    assetId: 'ETH',
    borrowRatePerYear: 0.03,
    supplyRatePerYear: 0.02,
    utilisationFraction: 0.05,
    source: 'x',
  },
  {
    venueId: 'lender',
    marketId: 'eth-usdc',
    assetId: 'USDC',
    borrowRatePerYear: 0.06,
    supplyRatePerYear: 0.05,
    utilisationFraction: 0.05,
    source: 'x',
  },
];

/** The book of such a desk. */
export function loanContents(desk: LoanDesk): BookContents {
  const base = deskContents(desk);
  return {
    ...base,
    venues: [...base.venues, poolVenue],
    accounts: [
      ...base.accounts,
      ...desk.poolLoans.map(({ id }) => ({
        ...base.accounts[0],
        id,
        venueId: 'pool',
        name: id,
        kind: 'cross' as const,
        parentId: null,
        marketId: null,
        settlementAssetId: null,
      })),
    ],
    positions: [
      ...base.positions,
      ...desk.poolLoans.flatMap(({ id, eth, usdc }) =>
        [['supplied:ETH', eth] as const, ['borrowed:USDC', -usdc] as const].map(([instrumentId, quantity]) => ({
          id: `${id}/${instrumentId}`,
          accountId: id,
          instrumentId,
          quantity: quantity.toFixed(2),
          entryPrice: null,
          openedAt: null,
        })),
      ),
    ],
  };
}

/** Its market: the crowd of the pool owes ether too, so that some is known to be lent. */
export function loanSnapshot(desk: LoanDesk): Snapshot {
  const base = deskSnapshot(desk);
  const lent = { id: 'lent', venueId: 'pool', collateral: [{ assetId: 'ETH', quantity: 40_000, liquidationThresholdFraction: 0.85 }] };
  return {
    ...base,
    reserves,
    crowd: [...base.crowd, { ...lent, debt: [{ assetId: 'ETH', quantity: 5000 }], liquidationBonusFraction: 0.05 }],
  };
}

/** Everything a suggestion for such a desk is made from; `timing` says what moving cash takes and when shocks come. */
export function loanSetting(
  desk: LoanDesk,
  timing: { readonly transferTerms?: TransferTerms | undefined; readonly noticeMinutes?: number | undefined } = {},
): Setting {
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const use = { confidence: deskSet.confidence, pool: createInlinePool(), context, ...timing };
  const prepared = prepareSetting(hedgeBook(loanContents(desk), loanSnapshot(desk), deskSet), use);
  if (!prepared.ok) throw new Error(prepared.failure.message);
  return prepared.value;
}

/** The program's parts for a setting: days as they are for the book, retained scenarios as they are without it. */
export async function problemParts(setting: Setting): Promise<ProblemParts> {
  const { packed } = setting.pack;
  const quantities = new Float64Array(packed.positions.count);
  const retained = await runCascades(setting, { shocks: setting.shocks.retained, quantities, withUnitValues: true });
  const days = await runCascades(setting, { shocks: setting.shocks.days, withUnitValues: true });
  if (!retained.ok || !days.ok) throw new Error('the cascades failed');
  return {
    packed,
    candidates: setting.candidates,
    weights: hedgeAssumptions,
    retained: retained.value,
    earliestMinutes: setting.shocks.earliestMinutes,
    days: days.value,
    lossesUsd: lossesAgainst(setting.equityBeforeUsd, days.value),
    confidence: setting.confidence,
    budgetUsd: null,
    extraBufferUsd: new Float64Array(packed.accounts.count),
    survival: setting.survival,
    mandates: setting.mandates.map(({ leastUsd, perUnitUsd }) => ({
      leastUsd,
      perUnitUsd: Float64Array.from(setting.candidates, perUnitUsd),
    })),
  };
}
