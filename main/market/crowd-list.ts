import type { CrowdAccount } from '../domain/snapshot.ts';
import { columnIndex, RowCells, type MarketRow, type RejectedRow } from './market-rows.ts';

/** Columns of a list of borrowers. Amounts in units of the asset; `threshold` is the liquidation threshold of the collateral, 0 … 1. */
export const CROWD_COLUMNS = ['owner', 'collateral_asset', 'collateral', 'debt_asset', 'debt', 'threshold'] as const;

/** What a list says of borrowers unless it says more: the bonus of a liquidation, and where they borrow. */
export type CrowdTerms = { readonly venueId: string; readonly bonusFraction: number };

/** Borrowers in the order in which they first appear, and the rows left out. */
export type CrowdList = { readonly accounts: readonly CrowdAccount[]; readonly rejected: readonly RejectedRow[] };

/**
 * Reads a list of borrowers: a row holds one collateral, one debt, or one of each; rows of the same owner and venue are one borrower. The columns
 * `venue` and `bonus` may be left out. A row with a threshold above one, with an amount but no asset, or with nothing at all is left out.
 */
export function readCrowdList(header: readonly string[], rows: Iterable<MarketRow>, usual: CrowdTerms): CrowdList {
  const index = columnIndex(header);
  const accounts = new Map<string, CrowdAccount>();
  const rejected: RejectedRow[] = [];
  for (const row of rows) {
    const read = readRow(new RowCells(row, index), usual);
    if ('reason' in read) {
      rejected.push({ line: row.line, ...read });
      continue;
    }
    const key = `${read.venueId} ${read.id}`;
    const known = accounts.get(key);
    accounts.set(
      key,
      known === undefined ? read : { ...known, collateral: [...known.collateral, ...read.collateral], debt: [...known.debt, ...read.debt] },
    );
  }
  return { accounts: [...accounts.values()], rejected };
}

function readRow(cells: RowCells, usual: CrowdTerms): CrowdAccount | Omit<RejectedRow, 'line'> {
  const owner = cells.text('owner');
  const collateralAsset = cells.text('collateral_asset');
  const debtAsset = cells.text('debt_asset');
  const collateral = cells.quote('collateral') ?? 0;
  const debt = cells.quote('debt') ?? 0;
  const threshold = collateral > 0 ? cells.amount('threshold') : 0;
  const bonus = cells.quote('bonus') ?? usual.bonusFraction;
  if (cells.refusal) return cells.refusal;
  if (owner === '') return { column: 'owner', reason: 'is empty' };
  if (collateral > 0 && collateralAsset === '') return { column: 'collateral_asset', reason: `${collateral} of what?` };
  if (debt > 0 && debtAsset === '') return { column: 'debt_asset', reason: `${debt} of what?` };
  if (collateral === 0 && debt === 0) return { column: 'collateral', reason: 'neither collateral nor debt' };
  if (threshold > 1) return { column: 'threshold', reason: `${threshold} is above 1` };
  const venue = cells.text('venue');
  return {
    id: owner,
    venueId: venue === '' ? usual.venueId : venue,
    collateral: collateral > 0 ? [{ assetId: collateralAsset, quantity: collateral, liquidationThresholdFraction: threshold }] : [],
    debt: debt > 0 ? [{ assetId: debtAsset, quantity: debt }] : [],
    liquidationBonusFraction: bonus,
  };
}
