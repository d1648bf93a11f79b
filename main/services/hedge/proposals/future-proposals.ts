import type { Instrument } from '../../../domain/instrument.ts';
import { hedgeAssumptions } from '../assumptions.ts';
import { contractsAt, heldQuantity, holdingsOf } from '../hedge-book.ts';
import type { HedgeBook } from '../hedge-book.ts';
import type { Proposal } from './proposal.ts';

type Contract = Extract<Instrument, { kind: 'perpetual' | 'future' }>;

/**
 * Perpetuals and dated futures of each margin account's own venue, both ways. Closing what the account holds and opening
 * more are two proposals, because the first frees requirement and the second takes it.
 */
export function futureProposals(book: HedgeBook): readonly Proposal[] {
  return book.contents.accounts.flatMap((account) =>
    contractsAt(book, account.id)
      .filter((instrument): instrument is Contract => instrument.kind === 'perpetual' || instrument.kind === 'future')
      .flatMap((contract) => waysOf(book, account.id, contract)),
  );
}

function waysOf(book: HedgeBook, accountId: string, contract: Contract): readonly Proposal[] {
  const payer = holdingsOf(book, accountId).find((holding) => holding.assetId === contract.settlementAssetId);
  const listing = book.listing(contract.id);
  const feeFraction = contractFee(book, accountId);
  if (!payer || !listing || listing.bid === null || listing.ask === null || !(listing.ask > 0) || feeFraction === null) return [];
  const mid = (listing.bid + listing.ask) / 2;
  const halfSpreadFraction = (listing.ask - listing.bid) / 2 / mid;
  const unitUsd = contract.settlement === 'inverse' ? Number(contract.contractSize) : Number(contract.contractSize) * mid;
  const row = { accountId, instrumentId: contract.id };
  const held = heldQuantity(book, row);
  const depth = contractDepth(book, contract, unitUsd);
  if (depth === null) return [];
  const proposal = (sign: 1 | -1, isReducing: boolean): Proposal => ({
    id: `${isReducing ? 'close' : 'open'}:${sign === 1 ? 'buy' : 'sell'}:${accountId}:${contract.id}`,
    kind: 'trade',
    side: sign === 1 ? 'buy' : 'sell',
    target: row,
    sign,
    payer: { accountId, instrumentId: payer.instrumentId },
    assetId: null,
    isReducing,
    cost: { kind: 'usd', value: unitUsd * (halfSpreadFraction + feeFraction) },
    gasUsd: 0,
    lot: contract.lotSize,
    most: isReducing ? Math.abs(held) : Number.POSITIVE_INFINITY,
    depth,
  });
  if (held === 0) return [proposal(1, false), proposal(-1, false)];
  // Beyond zero a held contract turns round; that is left to the next suggestion.
  return held > 0 ? [proposal(1, false), proposal(-1, true)] : [proposal(1, true), proposal(-1, false)];
}

/** Taker's fee as a share of the notional; null at a venue without contracts. */
function contractFee(book: HedgeBook, accountId: string): number | null {
  const parameters = book.venueOf(accountId)?.parameters;
  if (parameters?.family === 'tieredPerpetual') return parameters.takerFeeFraction;
  return parameters !== undefined && 'futureFeeFraction' in parameters ? parameters.futureFeeFraction : null;
}

/** Units that may be traded: a share of the day's volume where it is recorded, else of the underlying's reserve; volume is in coins. */
function contractDepth(book: HedgeBook, contract: Contract, unitUsd: number): Proposal['depth'] {
  const listing = book.listing(contract.id);
  const coinUsd = listing?.underlyingPriceUsd ?? 0;
  if (!(coinUsd > 0) || !(unitUsd > 0)) return null;
  const unitsPerCoin = coinUsd / unitUsd;
  const volume = listing?.volume24h ?? 0;
  if (volume > 0) {
    return {
      units: hedgeAssumptions.volumeShare * volume * unitsPerCoin,
      text: `${(hedgeAssumptions.volumeShare * 100).toFixed(2)} % of the 24-hour volume`,
      recorded: { kind: 'volume', usd: volume * coinUsd },
    };
  }
  const reserve = book.snapshot.depth
    .filter((pool) => pool.assetId === contract.underlyingId)
    .reduce((sum, pool) => sum + pool.reserveQuantity, 0);
  if (reserve <= 0) return null;
  return {
    units: hedgeAssumptions.reserveShare * reserve * unitsPerCoin,
    text: `${(hedgeAssumptions.reserveShare * 100).toFixed(2)} % of the market's reserve`,
    recorded: { kind: 'reserve', usd: reserve * coinUsd },
  };
}
