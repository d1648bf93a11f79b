import { balanceInstrument } from '../../../../domain/balance-instrument.ts';
import { hedgeAssumptions } from '../../assumptions.ts';
import { debtsOf, holdingsOf } from '../../hedge-book.ts';
import type { HedgeBook, Holding } from '../../hedge-book.ts';
import type { Proposal, RowKey } from '../proposal.ts';
import { swapBetween } from '../swaps.ts';
import { extraCarry, idleToDraw, loansOf, mayBorrow, takesCollateral, type Loan } from './loan-terms.ts';

/**
 * What can be done with a loan itself: repay it out of its own collateral, hold other collateral, owe another asset, or move it to another
 * account that lends against the same collateral.
 */
export function loanProposals(book: HedgeBook): readonly Proposal[] {
  const loans = loansOf(book);
  return loans.flatMap((loan) => {
    const collateral = holdingsOf(book, loan.accountId);
    const debts = debtsOf(book, loan.accountId);
    return [
      ...collateral.flatMap((from) => debts.flatMap((debt) => ownRepayment(book, from, debt))),
      ...collateral.flatMap((from) => collateralSwitches(book, loan, from)),
      ...debts.flatMap((debt) => debtSwitches(book, loan, debt)),
      ...loans.filter((to) => to.accountId !== loan.accountId).flatMap((to) => migrations(book, { from: loan, to, collateral, debts })),
    ];
  });
}

const common = { side: 'pay', sign: 1, lot: null, depth: null } as const;

/** Collateral is sold and the debt repaid with it, in one transaction. */
function ownRepayment(book: HedgeBook, from: Holding, debt: Holding): readonly Proposal[] {
  const swap = swapBetween(book, from.assetId, debt.assetId);
  if (swap === null) return [];
  return [
    {
      ...common,
      id: `deleverage:${debt.accountId}:${debt.assetId}:${from.assetId}`,
      kind: 'deleverage',
      target: rowOf(debt),
      payer: rowOf(from),
      assetId: debt.assetId,
      isReducing: true,
      cost: { kind: 'share', value: swap.costFraction + hedgeAssumptions.flashFraction },
      gasUsd: 2 * book.set.gasUsd,
      most: debt.quantity,
      shared: swap.limits,
    },
  ];
}

function collateralSwitches(book: HedgeBook, loan: Loan, from: Holding): readonly Proposal[] {
  return book.contents.assets.flatMap((asset): Proposal[] => {
    if (asset.id === from.assetId || !takesCollateral(loan, asset.id)) return [];
    const swap = swapBetween(book, from.assetId, asset.id);
    if (swap === null) return [];
    return [
      {
        ...common,
        id: `switchCollateral:${loan.accountId}:${from.assetId}:${asset.id}`,
        kind: 'switchCollateral',
        target: { accountId: loan.accountId, instrumentId: balanceInstrument(asset, 'supplied').id },
        payer: rowOf(from),
        assetId: asset.id,
        isReducing: false,
        cost: { kind: 'share', value: swap.costFraction },
        gasUsd: 2 * book.set.gasUsd,
        most: Number.POSITIVE_INFINITY,
        shared: swap.limits,
      },
    ];
  });
}

/** The debt is repaid with a fresh loan of another asset in the same account. */
function debtSwitches(book: HedgeBook, loan: Loan, debt: Holding): readonly Proposal[] {
  return book.contents.assets.flatMap((asset): Proposal[] => {
    if (asset.id === debt.assetId || !mayBorrow(loan, asset.id)) return [];
    const swap = swapBetween(book, asset.id, debt.assetId);
    const idle = idleToDraw(book, loan, asset.id);
    if (swap === null || idle === null) return [];
    const carry = extraCarry(book, { loan, assetId: debt.assetId }, { loan, assetId: asset.id });
    return [
      {
        ...common,
        id: `switchDebt:${loan.accountId}:${debt.assetId}:${asset.id}`,
        kind: 'switchDebt',
        target: rowOf(debt),
        payer: { accountId: loan.accountId, instrumentId: balanceInstrument(asset, 'borrowed').id },
        assetId: debt.assetId,
        isReducing: false,
        cost: { kind: 'share', value: swap.costFraction + hedgeAssumptions.flashFraction + carry },
        gasUsd: 2 * book.set.gasUsd,
        most: debt.quantity,
        shared: [...swap.limits, idle],
      },
    ];
  });
}

type Route = { readonly from: Loan; readonly to: Loan; readonly collateral: readonly Holding[]; readonly debts: readonly Holding[] };

/** A part of a loan goes to another account with as much of the collateral as stands behind it; the bridge is a flash loan. */
function migrations(book: HedgeBook, { from, to, collateral, debts }: Route): readonly Proposal[] {
  return debts.flatMap((debt) =>
    collateral.flatMap((held): Proposal[] => {
      if (!takesCollateral(to, held.assetId) || !mayBorrow(to, debt.assetId)) return [];
      const idle =
        from.venueId === to.venueId && from.parameters.family !== 'isolatedMarket' ? 'same pool' : idleToDraw(book, to, debt.assetId);
      if (idle === null) return [];
      const carry = extraCarry(book, { loan: from, assetId: debt.assetId }, { loan: to, assetId: debt.assetId });
      return [
        {
          ...common,
          id: `migrate:${from.accountId}:${to.accountId}:${debt.assetId}:${held.assetId}`,
          kind: 'migrate',
          target: rowOf(debt),
          payer: { accountId: to.accountId, instrumentId: debt.instrumentId },
          carries: { from: rowOf(held), to: { accountId: to.accountId, instrumentId: held.instrumentId }, assetId: held.assetId },
          assetId: debt.assetId,
          isReducing: false,
          cost: { kind: 'share', value: hedgeAssumptions.flashFraction + carry },
          gasUsd: 3 * book.set.gasUsd,
          most: debt.quantity,
          shared: idle === 'same pool' ? [] : [idle],
        },
      ];
    }),
  );
}

function rowOf({ accountId, instrumentId }: Holding): RowKey {
  return { accountId, instrumentId };
}
