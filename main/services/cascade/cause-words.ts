import type { RootCauses } from '../../contract/root-causes.ts';
import type { FallFactor } from '../../engine/cascade/attribute-falls.ts';
import { backingName } from '../analysis/fall-causes.ts';
import { money, percent } from '../analysis/words.ts';
import type { PackResult } from '../pack.ts';

/** 'MRP-1 falls in round 7, 0.1 M short'. */
export function fallWords(accountId: string, fall: { readonly round: number; readonly atFallUsd: number }): string {
  const short = fall.atFallUsd < 0 ? `${money(-fall.atFallUsd)} short` : 'short at posted prices, though not at the market’s';
  return `${accountId} falls in round ${fall.round}, ${short}`;
}

/** 'ETH −5.8 % from the shock to round 4', 'stETH lost 3.4 % against ETH …', 'bad debt took 6.7 % of KEEL …'. */
export function moveWords(
  pack: PackResult,
  { asset, kind, before }: { readonly asset: number; readonly kind: FallFactor['kind']; readonly before: number },
  moved: number,
): string {
  const id = pack.assetIds[asset] ?? '';
  const span = `from the shock to round ${before}`;
  if (kind === 'price') return `${id} ${moved > 0 ? '+' : ''}${percent(moved, 1)} ${span}`;
  if (kind === 'loss') return `bad debt took ${percent(-moved, 1)} of ${id} ${span}`;
  return `${id} ${moved > 0 ? 'gained' : 'lost'} ${percent(Math.abs(moved), 1)} against ${backingName(pack, asset)} ${span}`;
}

/** 'MKR-A was sold for 4.4 M', or which part of the crowd of a venue was. */
export function sellerWords(kind: RootCauses['sellers'][number]['kind'], name: string, soldUsd: number): string {
  if (kind === 'account') return `${name}: ${money(soldUsd)} closed by force`;
  const why = kind === 'crowdAtShock' ? 'below their requirement at the shock itself' : 'pushed below by these sales';
  return `borrowers at ${name} ${why}: ${money(soldUsd)} sold`;
}
