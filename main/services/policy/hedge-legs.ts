import type { Instrument } from '../../domain/instrument.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import type { AnalysisInputs } from '../analysis/engine-run.ts';
import type { PackResult } from '../pack.ts';

/** Derivatives judged together: a future or perpetual by itself, the options of an account on one underlying by held and sold. */
export type LegGroup = {
  readonly legId: string;
  readonly name: string;
  readonly account: number;
  readonly asset: number;
  readonly underlying: string;
  /** Whether its venue can close it against bankrupt positions: futures and perpetuals only. */
  readonly isDeleveraged: boolean;
  /** Asset in which gains are paid; its id. */
  readonly settlementAssetId: string;
  readonly positions: readonly number[];
};

/** Every derivative of the book, grouped, in position order. */
export function legGroups({ contents }: AnalysisInputs, pack: PackResult): LegGroup[] {
  const { positions } = pack.packed;
  const groups = new Map<string, LegGroup>();
  for (let p = 0; p < positions.count; p += 1) {
    const instrument = pack.instruments[p];
    const quantity = positions.quantity[p] ?? 0;
    if (instrument === undefined || quantity === 0 || (positions.kind[p] ?? 0) <= POSITION_KIND.debt) continue;
    if (!('underlyingId' in instrument)) continue;
    const account = positions.account[p] ?? 0;
    const accountId = contents.accounts[account]?.id ?? '';
    const key = instrument.kind === 'option' ? optionKey(accountId, instrument.underlyingId, quantity) : (pack.positionIds[p] ?? '');
    const known = groups.get(key);
    groups.set(key, {
      legId: key,
      name: legName(instrument, quantity),
      account,
      asset: positions.asset[p] ?? 0,
      underlying: instrument.underlyingId,
      isDeleveraged: instrument.kind !== 'option',
      settlementAssetId: instrument.settlementAssetId,
      positions: [...(known?.positions ?? []), p],
    });
  }
  return [...groups.values()];
}

function optionKey(accountId: string, underlying: string, quantity: number): string {
  return `${accountId}/${underlying}-options-${quantity > 0 ? 'held' : 'sold'}`;
}

function legName(instrument: Extract<Instrument, { underlyingId: string }>, quantity: number): string {
  if (instrument.kind === 'option') return `${instrument.underlyingId} options ${quantity > 0 ? 'held' : 'sold'}`;
  return `${quantity > 0 ? 'long' : 'short'} ${instrument.name}`;
}
