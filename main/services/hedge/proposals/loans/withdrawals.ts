import { balanceInstrument } from '../../../../domain/balance-instrument.ts';
import { holdingsOf } from '../../hedge-book.ts';
import type { HedgeBook, Holding } from '../../hedge-book.ts';
import type { Proposal } from '../proposal.ts';

/** Where withdrawn collateral goes: the first account that nothing is required of; null where there is none. */
function custodyOf(book: HedgeBook): string | null {
  return book.contents.accounts.find(({ id }) => book.venueOf(id)?.parameters.family === 'custody')?.id ?? null;
}

/** Collateral that may be taken out, in so far as its account can spare it: every holding that stands behind something, into custody as it is. */
export function withdrawals(book: HedgeBook): readonly Proposal[] {
  const custodyId = custodyOf(book);
  if (custodyId === null) return [];
  return book.contents.accounts.flatMap(({ id }) =>
    book.venueOf(id)?.parameters.family === 'custody' ? [] : withdrawalsFrom(book, id, custodyId),
  );
}

function withdrawalsFrom(book: HedgeBook, accountId: string, custodyId: string): readonly Proposal[] {
  return holdingsOf(book, accountId).flatMap((held): Proposal[] => {
    const asset = book.assets.get(held.assetId);
    // A share of a vault or a claim on a lender is worth nothing in custody before it is redeemed.
    if (asset === undefined || asset.kind === 'share' || asset.kind === 'debtClaim') return [];
    return [
      {
        id: `withdraw:${accountId}:${held.assetId}:${custodyId}`,
        kind: 'withdraw',
        side: 'pay',
        target: { accountId: custodyId, instrumentId: balanceInstrument(asset, 'held').id },
        sign: 1,
        payer: { accountId, instrumentId: held.instrumentId },
        assetId: held.assetId,
        isReducing: false,
        cost: { kind: 'share', value: 0 },
        gasUsd: book.set.gasUsd,
        lot: null,
        most: held.quantity,
        depth: null,
      },
    ];
  });
}

/** Rows of custody that withdrawals would fill and that hold nothing yet: what they bring may pay for other things. */
export function filledByWithdrawals(book: HedgeBook, proposals: readonly Proposal[]): readonly Holding[] {
  const rows = new Map<string, Holding>();
  for (const { target, assetId } of proposals) {
    if (assetId === null || holdingsOf(book, target.accountId).some((held) => held.instrumentId === target.instrumentId)) continue;
    rows.set(target.instrumentId, { ...target, assetId, quantity: 0 });
  }
  return [...rows.values()];
}
