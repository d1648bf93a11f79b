import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDemo } from '../../main/market/demo.ts';

const RESOURCES = join(import.meta.dirname, '..', '..', 'resources');
const read = readDemo(RESOURCES);
if (!read.ok) throw new Error(read.failure.message);
const { contents, snapshot } = read.value;

describe('the demo book', () => {
  it('is a desk of at least eight accounts at six venues with about 150 positions', () => {
    expect(contents.accounts.length).toBeGreaterThanOrEqual(8);
    expect(new Set(contents.accounts.map((account) => account.venueId)).size).toBeGreaterThanOrEqual(6);
    expect(Math.abs(contents.positions.length - 150)).toBeLessThanOrEqual(15);
  });

  it('names only venues, accounts, instruments and assets that it has', () => {
    const venues = new Set(contents.venues.map((venue) => venue.id));
    const accounts = new Set(contents.accounts.map((account) => account.id));
    const instruments = new Set(contents.instruments.map((instrument) => instrument.id));
    const assets = new Set(contents.assets.map((asset) => asset.id));
    expect(contents.accounts.filter((account) => !venues.has(account.venueId))).toEqual([]);
    expect(contents.positions.filter((position) => !accounts.has(position.accountId) || !instruments.has(position.instrumentId))).toEqual(
      [],
    );
    expect(
      contents.pledges.filter(
        (pledge) => !accounts.has(pledge.accountId) || !assets.has(pledge.assetId) || !venues.has(pledge.pledgeeVenueId),
      ),
    ).toEqual([]);
    expect(contents.assets.flatMap((asset) => asset.backing).filter((row) => !assets.has(row.assetId))).toEqual([]);
  });

  it('finds a market for every contract it holds', () => {
    const listed = new Set(snapshot.listings.map((listing) => listing.instrument.id));
    const held = contents.instruments.filter((instrument) => 'underlyingId' in instrument);
    expect(held.filter((instrument) => !listed.has(instrument.id))).toEqual([]);
    expect(snapshot.listings.filter((listing) => listing.instrument.kind === 'option')).toHaveLength(1840);
  });

  it('surrounds the desk with borrowers that stand at or above a health factor of one', () => {
    const ether = 1881.9;
    const price: Record<string, number> = { stETH: ether * 0.999, WETH: ether, USDC: 1 };
    const health = snapshot.crowd.map((account) => {
      const collateral = account.collateral.reduce(
        (sum, held) => sum + held.quantity * (price[held.assetId] ?? NaN) * held.liquidationThresholdFraction,
        0,
      );
      return collateral / account.debt.reduce((sum, owed) => sum + owed.quantity * (price[owed.assetId] ?? NaN), 0);
    });
    expect(Math.min(...health)).toBeGreaterThan(1 - 1e-6);
    // acct00003 of the recording: 47,860 stETH against ether, health factor 1.0482035626922612.
    const third = health[snapshot.crowd.findIndex((account) => account.id === 'v2-acct00003')];
    expect(third).toBeCloseTo(1.0482035626922612, 6);
  });

  it('says of every assumed figure that it is assumed', () => {
    for (const asset of contents.assets) for (const row of asset.backing) expect(row.source.length).toBeGreaterThan(8);
    expect(snapshot.assumptions.map((assumption) => assumption.id)).toEqual(
      expect.arrayContaining(['wsteth', 'keel', 'depth-steth', 'crowd', 'positions']),
    );
  });

  it('ships in less than 3 MB', () => {
    const sizes = readdirSync(RESOURCES, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
  });
});
