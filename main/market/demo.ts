import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bookContents, type BookContents } from '../domain/book.ts';
import { fail, succeed, type Result } from '../domain/failure.ts';
import type { Instrument } from '../domain/instrument.ts';
import { note, type Note } from '../domain/note.ts';
import { finite, fraction, nonNegative } from '../domain/real.ts';
import type { ScenarioSet } from '../domain/scenario.ts';
import { listing, snapshot, type Listing, type Snapshot } from '../domain/snapshot.ts';
import { day, instant } from '../domain/time.ts';
import { optionInstrument } from './option-chain.ts';
import { readStandardScenarios } from './scenario-file.ts';
import { readVenues } from './venue-file.ts';

/** The demo book with its market, ready to be written into a new book file. */
export type Demo = {
  readonly contents: BookContents;
  readonly notes: readonly Note[];
  readonly scenarioSets: readonly ScenarioSet[];
  readonly activeScenarioSetId: string;
  readonly snapshot: Snapshot;
};

/**
 * Reads `demo/`, `venues/` and `scenarios/` below the resources folder and checks every row against its schema.
 * `resources/demo/README.md` says what is recorded, derived and invented.
 */
export function readDemo(resourcesFolder: string): Result<Demo> {
  const venues = readVenues(join(resourcesFolder, 'venues'));
  if (!venues.ok) return venues;
  const standard = readStandardScenarios(resourcesFolder);
  if (!standard.ok) return standard;
  try {
    const read = <T extends z.ZodType>(schema: T, ...path: readonly string[]): z.output<T> =>
      schema.parse(JSON.parse(readFileSync(join(resourcesFolder, ...path), 'utf8')));
    const book = read(demoBook, 'demo', 'book.json');
    const market = read(demoSnapshot, 'demo', 'snapshot.json');
    const options = optionListings(read(listingTable, 'demo', 'listings.json'));
    const { futures, ...rest } = market;
    // Venues that ship for other books stay out of this one.
    const used = new Set(book.contents.accounts.map((account) => account.venueId));
    const contents = { ...book.contents, venues: venues.value.filter((each) => used.has(each.id)) };
    return succeed({
      contents,
      notes: book.notes,
      scenarioSets: [standard.value],
      activeScenarioSetId: standard.value.id,
      snapshot: {
        ...rest,
        listings: [...options, ...contractListings(futures, contents.instruments)],
        crowd: crowdAccounts(read(crowdTable, 'demo', 'crowd.json')),
        history: read(historyTable, 'demo', 'history.json').rows.map(([on, BTC, ETH]) => ({ day: on, closeUsd: { BTC, ETH } })),
      },
    });
  } catch (cause) {
    return fail('invalidFile', `the demo book below ${resourcesFolder} cannot be read: ${describe(cause)}`, {
      remedy: 'Reinstall Interlock.',
    });
  }
}

const quotedContract = listing.omit({ instrument: true }).extend({ instrumentId: z.string() });
const demoBook = z.object({ contents: bookContents.omit({ venues: true }), notes: z.array(note) });
const demoSnapshot = snapshot.omit({ listings: true, crowd: true, history: true }).extend({ futures: z.array(quotedContract) });
const quote = nonNegative.nullable();
const listingTable = z.object({
  asOf: instant,
  rows: z.array(z.tuple([z.string(), quote, quote, quote, nonNegative, quote, quote, quote])),
});
const crowdTable = z.object({
  venueId: z.string(),
  rows: z.array(z.tuple([z.string(), nonNegative, nonNegative, nonNegative, nonNegative, fraction, finite])),
});
const historyTable = z.object({ rows: z.array(z.tuple([day, nonNegative, nonNegative])) });

function optionListings(table: z.output<typeof listingTable>): Listing[] {
  return table.rows.map(([name, bid, ask, mark, underlyingPriceUsd, impliedVolatility, openInterest, volume24h]) => {
    const instrument = optionInstrument(name);
    if (!instrument.ok) throw new Error(instrument.failure.message);
    return {
      instrument: instrument.value,
      bid,
      ask,
      mark,
      underlyingPriceUsd,
      impliedVolatility,
      openInterest,
      volume24h,
      asOf: table.asOf,
    };
  });
}

function contractListings(rows: readonly z.output<typeof quotedContract>[], instruments: readonly Instrument[]): Listing[] {
  const byId = new Map(instruments.map((instrument) => [instrument.id, instrument]));
  return rows.map(({ instrumentId, ...market }) => {
    const instrument = byId.get(instrumentId);
    if (!instrument) throw new Error(`no instrument ${instrumentId} in the demo book`);
    return { instrument, ...market };
  });
}

function crowdAccounts(table: z.output<typeof crowdTable>): Snapshot['crowd'] {
  return table.rows.map(([id, stETH, WETH, wethDebt, usdcDebt, liquidationThresholdFraction, liquidationBonusFraction]) => ({
    id,
    venueId: table.venueId,
    collateral: holdings([
      ['stETH', stETH],
      ['WETH', WETH],
    ]).map((held) => ({ ...held, liquidationThresholdFraction })),
    debt: holdings([
      ['WETH', wethDebt],
      ['USDC', usdcDebt],
    ]),
    liquidationBonusFraction,
  }));
}

function holdings(pairs: readonly (readonly [string, number])[]): { assetId: string; quantity: number }[] {
  return pairs.filter(([, quantity]) => quantity > 0).map(([assetId, quantity]) => ({ assetId, quantity }));
}

function describe(cause: unknown): string {
  return cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
}
