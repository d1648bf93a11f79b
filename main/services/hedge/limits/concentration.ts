import { POSITION_KIND } from '../../../engine/packed/packed-book.ts';
import { UNIT_VALUE, UNIT_VALUES, valueUnit } from '../../../engine/packed/position-value.ts';
import type { Mandate } from './mandates.ts';
import type { Candidate } from '../proposals/candidates.ts';
import type { Setting } from '../setting.ts';

/**
 * Of the notional of all contracts, at most a share stands at one venue after the suggestion. With G of the whole book and G_v of the venue
 * now, and a of a trade (above zero opening, below zero closing): share × (G + Σ a) − (G_v + Σ a at v) >= 0, which is linear.
 */
export function concentrationMandates({ pack, book }: Setting, shareFraction: number): Mandate[] {
  const { packed, venueIds } = pack;
  const grossUsd = grossByVenue(packed);
  const totalUsd = grossUsd.reduce((sum, usd) => sum + usd, 0);
  const venueOf = ({ targetAccount }: Candidate): number => packed.accounts.venue[targetAccount] ?? -1;
  const addedUsd = ({ targetRow, notionalUsd, isReducing }: Candidate): number => {
    if ((packed.positions.kind[targetRow] ?? 0) <= POSITION_KIND.debt) return 0;
    return isReducing ? -notionalUsd : notionalUsd;
  };
  const named = new Map(book.contents.venues.map(({ id, name }) => [id, name]));
  return venueIds.flatMap((venueId, venue): Mandate[] => {
    const isTraded = grossUsd[venue] !== 0 || book.contents.instruments.some((each) => each.venueId === venueId);
    if (!isTraded) return [];
    return [
      {
        name: `share of ${named.get(venueId) ?? venueId} in all contracts`,
        leastUsd: (grossUsd[venue] ?? 0) - shareFraction * totalUsd,
        perUnitUsd: (candidate) => (shareFraction - (venueOf(candidate) === venue ? 1 : 0)) * addedUsd(candidate),
      },
    ];
  });
}

/** Notional of all contracts at each venue now, bought and sold added up. USD. */
function grossByVenue(packed: Setting['pack']['packed']): Float64Array {
  const { positions, accounts } = packed;
  const grossUsd = new Float64Array(Math.max(0, ...accounts.venue) + 1);
  const unit = new Float64Array(UNIT_VALUES);
  for (let row = 0; row < positions.count; row += 1) {
    if ((positions.kind[row] ?? 0) <= POSITION_KIND.debt || positions.quantity[row] === 0) continue;
    valueUnit(packed, row, packed.initial, unit);
    const venue = accounts.venue[positions.account[row] ?? 0] ?? 0;
    grossUsd[venue] = (grossUsd[venue] ?? 0) + Math.abs(positions.quantity[row] ?? 0) * (unit[UNIT_VALUE.notionalUsd] ?? 0);
  }
  return grossUsd;
}
