import { decimalOf } from '../../domain/decimal.ts';
import type { BookContents } from '../../domain/book.ts';
import type { Position } from '../../domain/position.ts';
import { POSITION_KIND } from '../../engine/packed/packed-book.ts';
import { quantitiesAfter } from '../../engine/hedge/packed-candidate.ts';
import type { Plan } from '../hedge/measures.ts';
import type { Setting } from '../hedge/setting.ts';

/** The book after a plan was carried out at the setting's prices, its costs and gas taken from the accounts that pay. */
export function carryOut(contents: BookContents, { pack }: Setting, plan: Plan): BookContents {
  if (plan.candidates.length === 0) return contents;
  const { packed, positionIndex, positionIds, instruments, accountIds } = pack;
  const after = quantitiesAfter(packed, plan.candidates, plan.amounts);
  const kept = contents.positions.map((position): Position => {
    const row = positionIndex.get(position.id) ?? -1;
    const isChanged = after[row] !== packed.positions.quantity[row];
    return isChanged ? { ...position, quantity: decimalOf(after[row] ?? NaN) } : position;
  });
  const opened = positionIds.flatMap((id, row): Position[] => {
    const quantity = after[row] ?? 0;
    const accountId = accountIds[packed.positions.account[row] ?? -1];
    const instrument = instruments[row];
    if (!id.startsWith('extra:') || quantity === 0 || accountId === undefined || instrument === undefined) return [];
    const kind = packed.positions.kind[row];
    const isFuture = kind === POSITION_KIND.linearFuture || kind === POSITION_KIND.inverseFuture;
    return [
      {
        id: `hedge ${accountId} ${instrument.id}`,
        accountId,
        instrumentId: instrument.id,
        quantity: decimalOf(quantity),
        entryPrice: isFuture ? decimalOf(packed.positions.entryPriceUsd[row] ?? NaN) : null,
        openedAt: null,
      },
    ];
  });
  const known = new Set(contents.instruments.map(({ id }) => id));
  const held = new Set(opened.map(({ instrumentId }) => instrumentId).filter((id) => !known.has(id)));
  const added = [...new Map(instruments.filter(({ id }) => held.has(id)).map((instrument) => [instrument.id, instrument])).values()];
  return { ...contents, instruments: [...contents.instruments, ...added], positions: [...kept, ...opened] };
}
