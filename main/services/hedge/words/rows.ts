import { POSITION_KIND } from '../../../engine/packed/packed-book.ts';
import type { Setting } from '../setting.ts';

/** Account and asset of a packed row. */
export function rowOfPack({ pack }: Pick<Setting, 'pack'>, row: number): { readonly accountId: string; readonly assetId: string } {
  const { positions } = pack.packed;
  return { accountId: pack.accountIds[positions.account[row] ?? -1] ?? '', assetId: pack.assetIds[positions.asset[row] ?? -1] ?? '' };
}

/** 'USDC in CST-1'. */
export function rowWords(setting: Pick<Setting, 'pack'>, row: number): string {
  const { accountId, assetId } = rowOfPack(setting, row);
  return `${assetId} in ${accountId}`;
}

/** Whether a packed row is something owed. */
export function isDebtRow({ pack }: Setting, row: number): boolean {
  return pack.packed.positions.kind[row] === POSITION_KIND.debt;
}
