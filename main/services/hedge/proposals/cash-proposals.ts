import { debtsOf, holdingsOf, moneyOf } from '../hedge-book.ts';
import type { HedgeBook, Holding } from '../hedge-book.ts';
import type { Proposal } from './proposal.ts';
import { swapBetween, type Swap } from './swaps.ts';

const lendingFamilies: ReadonlySet<string> = new Set(['lendingPool', 'isolatedMarket', 'vault', 'baseMarket']);
const marginFamilies: ReadonlySet<string> = new Set(['tieredPerpetual', 'standardOptions', 'scenarioMargin', 'standardManager']);

/**
 * What idle cash can do: repay debts, top up collateral that an account already holds, move cash to margin accounts. Cash
 * comes from custody and from the stablecoins of margin accounts, whose own requirement then limits it, and from what else may come into custody.
 *
 * @param more rows of custody that hold nothing yet
 */
export function cashProposals(book: HedgeBook, more: readonly Holding[] = []): readonly Proposal[] {
  const sources = [...book.contents.accounts.flatMap((account) => cashOf(book, account.id)), ...more];
  return book.contents.accounts.flatMap((account) => {
    const family = book.venueOf(account.id)?.parameters.family ?? '';
    const others = sources.filter((source) => source.accountId !== account.id);
    if (lendingFamilies.has(family))
      return [...repayments(book, account.id, others), ...topUps(book, account.id, { sources: others, kind: 'topUp' })];
    if (family === 'custody') return spotSales(book, account.id);
    if (marginFamilies.has(family)) return topUps(book, account.id, { sources: others, kind: 'transfer' });
    return [];
  });
}

function cashOf(book: HedgeBook, accountId: string): readonly Holding[] {
  const family = book.venueOf(accountId)?.parameters.family ?? '';
  const holdings = holdingsOf(book, accountId).filter((holding) => moneyOf(book, holding.assetId) !== null);
  if (family === 'custody') return holdings;
  return family === 'tieredPerpetual' ? holdings.filter((holding) => moneyOf(book, holding.assetId) === 'USD') : [];
}

function repayments(book: HedgeBook, accountId: string, sources: readonly Holding[]): readonly Proposal[] {
  return debtsOf(book, accountId).flatMap((debt) =>
    sources.flatMap((source) => {
      const swap = exchange(book, source.assetId, debt.assetId);
      return swap === null ? [] : [cashProposal(book, { kind: 'repay', to: debt, from: source, swap, most: debt.quantity })];
    }),
  );
}

function topUps(book: HedgeBook, accountId: string, how: { sources: readonly Holding[]; kind: 'topUp' | 'transfer' }): readonly Proposal[] {
  return holdingsOf(book, accountId).flatMap((collateral) =>
    how.sources.flatMap((source) => {
      const swap = exchange(book, source.assetId, collateral.assetId);
      if (swap === null) return [];
      return [cashProposal(book, { kind: how.kind, to: collateral, from: source, swap, most: Number.POSITIVE_INFINITY })];
    }),
  );
}

/** Coins held in custody may be sold for the dollars held beside them. */
function spotSales(book: HedgeBook, accountId: string): readonly Proposal[] {
  const holdings = holdingsOf(book, accountId);
  const dollars = holdings.find((holding) => moneyOf(book, holding.assetId) === 'USD');
  if (!dollars) return [];
  return holdings.flatMap((holding): readonly Proposal[] => {
    const money = moneyOf(book, holding.assetId);
    const swap = money === null || money === 'USD' ? null : swapBetween(book, holding.assetId, dollars.assetId);
    if (swap === null) return [];
    return [
      {
        id: `sell:${accountId}:${holding.instrumentId}`,
        kind: 'trade',
        side: 'sell',
        target: { accountId, instrumentId: holding.instrumentId },
        sign: -1,
        payer: { accountId, instrumentId: dollars.instrumentId },
        assetId: holding.assetId,
        isReducing: true,
        cost: { kind: 'share', value: swap.costFraction },
        gasUsd: book.set.gasUsd,
        lot: null,
        most: holding.quantity,
        depth: null,
        shared: swap.limits,
      },
    ];
  });
}

type CashMove = {
  readonly kind: 'repay' | 'topUp' | 'transfer';
  readonly to: Holding;
  readonly from: Holding;
  readonly swap: Swap;
  readonly most: number;
};

function cashProposal(book: HedgeBook, move: CashMove): Proposal {
  // Gas: a withdrawal from a venue or an on-chain payment; one more where the asset has to be exchanged first.
  const steps = move.from.assetId === move.to.assetId ? 1 : 2;
  return {
    id: `${move.kind}:${move.to.accountId}:${move.to.assetId}:${move.from.accountId}:${move.from.assetId}`,
    kind: move.kind,
    side: 'pay',
    target: { accountId: move.to.accountId, instrumentId: move.to.instrumentId },
    sign: 1,
    payer: { accountId: move.from.accountId, instrumentId: move.from.instrumentId },
    assetId: move.to.assetId,
    isReducing: true,
    cost: { kind: 'share', value: move.swap.costFraction },
    gasUsd: steps * book.set.gasUsd,
    lot: null,
    most: move.most,
    depth: null,
    shared: move.swap.limits,
  };
}

/** What it takes to have one for the other; null where one cannot simply be had: only dollars for dollars, and a coin in its forms or for dollars. */
function exchange(book: HedgeBook, from: string, to: string): Swap | null {
  if (from === to) return swapBetween(book, from, to);
  const given = moneyOf(book, from);
  const wanted = moneyOf(book, to);
  if (given === null || wanted === null || (given !== wanted && given !== 'USD' && wanted !== 'USD')) return null;
  return swapBetween(book, from, to);
}
