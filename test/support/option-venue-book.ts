import type { BookContents } from '../../main/domain/book.ts';
import type { Instrument } from '../../main/domain/instrument.ts';
import type { Venue } from '../../main/domain/venue.ts';
import { readVenueFile } from '../../main/market/venue-file.ts';
import { resourcesFolder } from '../importing/import-desk.ts';
import { sampleContents } from './sample-system-book.ts';

/** A shipped venue by its file's name. */
export function shippedVenue(name: string): Venue {
  const read = readVenueFile(`${resourcesFolder}/venues/${name}.json`);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

const contract = { underlyingId: 'ETH', settlementAssetId: 'USDC', contractSize: '1', lotSize: '1' } as const;

function option(venueId: string, strike: number, optionType: 'call' | 'put'): Instrument {
  const name = `ETH-27FEB26-${strike}-${optionType === 'call' ? 'C' : 'P'}`;
  const terms = { settlement: 'linear', expiry: '2026-02-27T08:00:00Z', optionType, strike: String(strike) } as const;
  return { kind: 'option', id: `${venueId}:${name}`, name, venueId, ...contract, ...terms };
}

function perpetual(venueId: string): Instrument {
  return { kind: 'perpetual', id: `${venueId}:ETH-PERP`, name: 'ETH-PERP', venueId, ...contract, settlement: 'linear' };
}

const venueIds = ['deribit-portfolio', 'derive-portfolio', 'derive-standard'] as const;

/** The three accounts: short strangle and a wing against dollars, with a perpetual; the coin-settled one holds coin. */
const rows: readonly (readonly [account: string, venueId: string, instrumentId: string, quantity: string])[] = [
  ['PM-COIN', 'deribit-portfolio', 'spot:ETH', '300'],
  ['PM-COIN', 'deribit-portfolio', 'options:P1800', '-900'],
  ['PM-COIN', 'deribit-portfolio', 'options:C2600', '-500'],
  ['PM-COIN', 'deribit-portfolio', 'options:ETH-PERP', '-20000'],
  ...(['derive-portfolio', 'derive-standard'] as const).flatMap((venueId) => {
    const account = venueId === 'derive-portfolio' ? 'PM-USD' : 'SM-USD';
    return [
      [account, venueId, 'spot:USDC', venueId === 'derive-portfolio' ? '100000' : '240000'],
      [account, venueId, 'spot:ETH', '50'],
      [account, venueId, `${venueId}:ETH-27FEB26-1800-P`, '-600'],
      [account, venueId, `${venueId}:ETH-27FEB26-1600-P`, '600'],
      [account, venueId, `${venueId}:ETH-27FEB26-2600-C`, '-200'],
      [account, venueId, `${venueId}:ETH-PERP`, '60'],
    ] as const;
  }),
];

/** The sample book with an account at each venue that judges option accounts whole, under the parameters that ship. */
export function optionVenueContents(): BookContents {
  const contents = sampleContents();
  const accounts = new Map(rows.map(([account, venueId]) => [account, venueId]));
  return {
    ...contents,
    venues: [...contents.venues, ...venueIds.map(shippedVenue)],
    accounts: [
      ...contents.accounts,
      ...[...accounts].map(([id, venueId]) => ({
        id,
        venueId,
        name: id,
        kind: 'portfolio' as const,
        parentId: null,
        marketId: null,
        settlementAssetId: id === 'PM-COIN' ? 'ETH' : 'USDC',
      })),
    ],
    instruments: [
      ...contents.instruments,
      ...venueIds
        .slice(1)
        .flatMap((venueId) => [
          option(venueId, 1600, 'put'),
          option(venueId, 1800, 'put'),
          option(venueId, 2600, 'call'),
          perpetual(venueId),
        ]),
    ],
    positions: [
      ...contents.positions,
      ...rows.map(([accountId, , instrumentId, quantity], n) => ({
        id: `o${n}`,
        accountId,
        instrumentId,
        quantity,
        entryPrice: null,
        openedAt: null,
      })),
    ],
  };
}
