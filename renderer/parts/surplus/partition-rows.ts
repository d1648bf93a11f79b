import type { PartitionResult } from '../../../main/contract/surplus.ts';

/** One bar of the waterfall, USD: it spans from `fromUsd` to `toUsd` and says `amountUsd`. */
export type PartitionRow = {
  readonly id: string;
  readonly label: string;
  readonly kind: 'part' | 'sum' | 'surplus' | 'joint';
  readonly fromUsd: number;
  readonly toUsd: number;
  readonly amountUsd: number;
};

/** Smallest loss worth a bar of its own, as a share of the joint one. */
const WORTH_A_BAR = 1e-4;

/**
 * Parts one after the other, their sum, the surplus that closes the gap, and the joint loss. Largest part first; parts that lose nothing
 * alone are counted in one row so that the sum still adds up.
 */
export function partitionRows({ blocks, sumOfPartsUsd, surplusUsd, jointUsd }: PartitionResult): readonly PartitionRow[] {
  const least = WORTH_A_BAR * Math.max(Math.abs(jointUsd), Math.abs(sumOfPartsUsd));
  const losing = blocks.filter((block) => Math.abs(block.aloneUsd) > least).toSorted((a, b) => b.aloneUsd - a.aloneUsd);
  let reachedUsd = 0;
  const parts = losing.map((block): PartitionRow => {
    const fromUsd = reachedUsd;
    reachedUsd += block.aloneUsd;
    return { id: block.id, label: block.name, kind: 'part', fromUsd, toUsd: reachedUsd, amountUsd: block.aloneUsd };
  });
  const rest = blocks.length - losing.length;
  const restUsd = sumOfPartsUsd - reachedUsd;
  const others: readonly PartitionRow[] =
    rest === 0
      ? []
      : [{ id: '', label: `${rest} others alone`, kind: 'part', fromUsd: reachedUsd, toUsd: sumOfPartsUsd, amountUsd: restUsd }];
  return [
    ...parts,
    ...others,
    { id: 'sum', label: 'Sum of parts', kind: 'sum', fromUsd: 0, toUsd: sumOfPartsUsd, amountUsd: sumOfPartsUsd },
    { id: 'surplus', label: 'Only together', kind: 'surplus', fromUsd: sumOfPartsUsd, toUsd: jointUsd, amountUsd: surplusUsd },
    { id: 'joint', label: 'Joint', kind: 'joint', fromUsd: 0, toUsd: jointUsd, amountUsd: jointUsd },
  ];
}
