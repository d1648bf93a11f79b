import { hedgeAssumptions } from '../assumptions.ts';
import { debtsOf, holdingsOf, moneyOf } from '../hedge-book.ts';
import type { HedgeBook, Holding } from '../hedge-book.ts';
import type { Proposal } from './proposal.ts';

const lendingFamilies: ReadonlySet<string> = new Set(['lendingPool', 'isolatedMarket', 'vault', 'baseMarket']);
const marginFamilies: ReadonlySet<string> = new Set(['tieredPerpetual', 'standardOptions', 'scenarioMargin', 'standardManager']);

/**
 * What idle cash can do: repay debts, top up collateral that an account already holds, move cash to margin accounts. Cash
 * comes from custody and from the stablecoins of margin accounts, whose own requirement then limits it.
 */
export function cashProposals(book: HedgeBook): readonly Proposal[] {
  const sources = book.contents.accounts.flatMap((account) => cashOf(book, account.id));
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
      const costFraction = exchangeCost(book, source.assetId, debt.assetId);
      return costFraction === null
        ? []
        : [cashProposal(book, { kind: 'repay', to: debt, from: source, costFraction, most: debt.quantity })];
    }),
  );
}

function topUps(book: HedgeBook, accountId: string, how: { sources: readonly Holding[]; kind: 'topUp' | 'transfer' }): readonly Proposal[] {
  return holdingsOf(book, accountId).flatMap((collateral) =>
    how.sources.flatMap((source) => {
      const costFraction = exchangeCost(book, source.assetId, collateral.assetId);
      if (costFraction === null) return [];
      return [cashProposal(book, { kind: how.kind, to: collateral, from: source, costFraction, most: Number.POSITIVE_INFINITY })];
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
    if (money === null || money === 'USD') return [];
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
        cost: { kind: 'share', value: hedgeAssumptions.spotTradeFraction },
        gasUsd: book.set.gasUsd,
        lot: null,
        most: holding.quantity,
        depth: null,
      },
    ];
  });
}

type CashMove = {
  readonly kind: 'repay' | 'topUp' | 'transfer';
  readonly to: Holding;
  readonly from: Holding;
  readonly costFraction: number;
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
    cost: { kind: 'share', value: move.costFraction },
    gasUsd: steps * book.set.gasUsd,
    lot: null,
    most: move.most,
    depth: null,
  };
}

/** Share of the amount that the exchange costs; null where one cannot simply be had for the other. */
function exchangeCost(book: HedgeBook, from: string, to: string): number | null {
  if (from === to) return 0;
  const given = moneyOf(book, from);
  const wanted = moneyOf(book, to);
  if (given === null || wanted === null) return null;
  if (given === wanted) return given === 'USD' ? hedgeAssumptions.stableSwapFraction : 0;
  return given === 'USD' || wanted === 'USD' ? hedgeAssumptions.spotTradeFraction : null;
}
