import type { BookContents } from '../domain/book.ts';
import { succeed } from '../domain/failure.ts';
import type { Result } from '../domain/failure.ts';
import { accountNoun, readAccounts } from './account.ts';
import { assetNoun, readAssets } from './asset.ts';
import type { BookReader } from './file/connection.ts';
import { instrumentNoun, readInstruments } from './instrument.ts';
import type { Table } from './journal/table.ts';
import { metaNoun, readMeta } from './meta.ts';
import { noteNoun } from './note.ts';
import { pledgeNoun, readPledges } from './pledge.ts';
import { positionNoun, readPositions } from './position.ts';
import { scenarioSetNoun } from './scenario-set.ts';
import { snapshotNoun } from './snapshot.ts';
import { ticketNoun } from './ticket.ts';
import { readVenues, venueNoun } from './venue.ts';

/** Every table whose rows are content, in the order of the digest; runs and the journal are not content. */
export const contentTables: readonly Table[] = [
  metaNoun,
  venueNoun,
  assetNoun,
  accountNoun,
  instrumentNoun,
  positionNoun,
  pledgeNoun,
  noteNoun,
  scenarioSetNoun,
  snapshotNoun,
  ticketNoun,
].flatMap((noun) => noun.tables);

/** The tables that `readContents` reads. */
export const valuationTables: readonly Table[] = [
  metaNoun,
  venueNoun,
  assetNoun,
  accountNoun,
  instrumentNoun,
  positionNoun,
  pledgeNoun,
].flatMap((noun) => noun.tables);

/** The content table of this name. */
export function contentTable(name: string): Table | undefined {
  return contentTables.find((table) => table.name === name);
}

/** Everything valuation needs. To be called within one transaction for a consistent look. */
export function readContents(reader: BookReader): Result<BookContents> {
  const venues = readVenues(reader);
  if (!venues.ok) return venues;
  const accounts = readAccounts(reader);
  if (!accounts.ok) return accounts;
  const assets = readAssets(reader);
  if (!assets.ok) return assets;
  const instruments = readInstruments(reader);
  if (!instruments.ok) return instruments;
  const positions = readPositions(reader);
  if (!positions.ok) return positions;
  const pledges = readPledges(reader);
  if (!pledges.ok) return pledges;
  return succeed({
    name: readMeta(reader).name,
    venues: venues.value,
    accounts: accounts.value,
    assets: assets.value,
    instruments: instruments.value,
    positions: positions.value,
    pledges: pledges.value,
  });
}
