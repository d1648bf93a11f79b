import { fail, succeed, type Result } from '../../domain/failure.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../engine/packed/evaluate-accounts.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { TriggerAccount } from '../../engine/trigger/account-path.ts';
import { unpricedObligation } from '../analysis/account-results.ts';
import type { PackResult } from '../pack.ts';

/** The account an order is for: what it sells, what it repays, and by which rules it is liquidated. */
export type TriggerSetting = {
  readonly account: number;
  readonly accountId: string;
  readonly healthFactor: number;
  readonly soldAsset: number;
  readonly repaidAsset: number;
  readonly rules: TriggerAccount;
};

/** Reads the setting; without an account the borrower with the lowest health factor. Refused by name where no order could be set. */
export function triggerSetting(pack: PackResult, accountId: string | undefined): Result<TriggerSetting> {
  const { packed } = pack;
  const measures = makeAccountMeasures(packed.accounts.count);
  evaluateAccounts(packed, packed.initial, measures);
  const healthOf = (a: number): number => (measures.resourcesUsd[a] ?? NaN) / (measures.requirementUsd[a] ?? NaN);
  const borrowers = pack.accountIds.flatMap((_, a) =>
    (packed.accounts.borrower[a] ?? -1) >= 0 && (measures.requirementUsd[a] ?? 0) > 1 ? [a] : [],
  );
  const named = borrowers.map((a) => pack.accountIds[a] ?? '').join(', ');
  const account = accountId === undefined ? borrowers.toSorted((l, r) => healthOf(l) - healthOf(r))[0] : pack.accountIndex.get(accountId);
  if (account === undefined)
    return fail('notFound', accountId === undefined ? 'no account of the book borrows' : `the book has no account ${accountId}`, {
      remedy: named === '' ? 'An order needs a debt to repay.' : `Those that borrow: ${named}.`,
    });
  const id = pack.accountIds[account] ?? '';
  if (!borrowers.includes(account))
    return fail('unsupported', `${id} owes nothing that an order could repay`, { remedy: `Those that borrow: ${named}.` });
  const trouble = unpricedObligation(pack, account);
  if (trouble !== null) return { ok: false, failure: trouble };
  const healthFactor = healthOf(account);
  if (!(healthFactor > 1)) return fail('unsupported', `${id} is below its requirement already: an order would come too late`);
  const soldAsset = largest(pack, account, POSITION_KIND.holding);
  const repaidAsset = largest(pack, account, POSITION_KIND.debt);
  return succeed({
    account,
    accountId: id,
    healthFactor,
    soldAsset,
    repaidAsset,
    rules: rulesOf(pack, { account, soldAsset, repaidAsset }),
  });
}

/** The asset of which the account holds, or owes, most by value; collateral only as far as it counts. */
function largest({ packed }: PackResult, account: number, kind: number): number {
  const { positions, accounts, initial } = packed;
  const values = new Map<number, number>();
  for (let p = accounts.positionStart[account] ?? 0; p < (accounts.positionStart[account + 1] ?? 0); p += 1) {
    const asset = positions.asset[p] ?? -1;
    const counted = kind === POSITION_KIND.debt ? 1 : (positions.collateralFraction[p] ?? 0);
    if (positions.kind[p] !== kind || counted === 0) continue;
    values.set(asset, (values.get(asset) ?? 0) + Math.abs(positions.quantity[p] ?? 0) * (initial.priceUsd[asset] ?? 0) * counted);
  }
  return [...values].toSorted(([, left], [, right]) => right - left)[0]?.[0] ?? -1;
}

function rulesOf({ packed }: PackResult, at: { account: number; soldAsset: number; repaidAsset: number }): TriggerAccount {
  const { positions, accounts, lending } = packed;
  const borrower = accounts.borrower[at.account] ?? -1;
  let collateralQuantity = 0;
  let debtQuantity = 0;
  let collateralThreshold = 0;
  for (let p = accounts.positionStart[at.account] ?? 0; p < (accounts.positionStart[at.account + 1] ?? 0); p += 1) {
    const isDebt = positions.kind[p] === POSITION_KIND.debt;
    if (isDebt && positions.asset[p] === at.repaidAsset) debtQuantity -= positions.quantity[p] ?? 0;
    if (isDebt || positions.asset[p] !== at.soldAsset) continue;
    collateralQuantity += positions.quantity[p] ?? 0;
    collateralThreshold = positions.collateralFraction[p] ?? 0;
  }
  const rows = { from: lending.collateralStart[borrower] ?? 0, to: lending.collateralStart[borrower + 1] ?? 0 };
  const row =
    Array.from({ length: rows.to - rows.from }, (_, i) => rows.from + i).find((r) => lending.collateralAsset[r] === at.soldAsset) ?? -1;
  return {
    collateralQuantity,
    collateralThreshold,
    debtQuantity,
    bonusFraction: lending.collateralBonus[row] ?? 0,
    closeFactorFraction: lending.closeFactorFraction[borrower] ?? 1,
    fullLiquidationHealthFactor: lending.fullLiquidationHealthFactor[borrower] ?? 1,
    smallPositionUsd: lending.smallPositionUsd[borrower] ?? 0,
    closesWhole: lending.closesWhole[borrower] === 1,
  };
}
