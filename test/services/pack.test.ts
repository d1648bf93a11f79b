import { expect, test } from 'vitest';
import type { BookContents } from '../../main/domain/book.ts';
import type { Snapshot } from '../../main/domain/snapshot.ts';
import { packBook, type PackResult } from '../../main/services/pack.ts';
import { sampleContents } from '../support/sample-system-book.ts';
import { packSample, sampleScenarioSet, sampleSnapshot } from '../support/sample-system.ts';

function pack(contents: BookContents, snapshot: Snapshot): PackResult {
  const packed = packBook(contents, snapshot, sampleScenarioSet());
  if (!packed.ok) throw new Error(packed.failure.message);
  return packed.value;
}

function priceOf(result: PackResult, id: string): number {
  return result.packed.initial.priceUsd[result.assetIndex.get(id) ?? -1] ?? NaN;
}

test('columns lie in shared buffers and are named by their content', () => {
  const first = packSample();
  expect(first.packed.positions.quantity.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(packSample().packed.id).toBe(first.packed.id);
  expect(packSample(3).packed.id).not.toBe(first.packed.id);
});

test('a claim is worth its backing, less the discount that its own quote shows', () => {
  const result = packSample();
  expect(priceOf(result, 'stETH')).toBeCloseTo(1998, 9);
  expect(result.packed.initial.discountFraction[result.assetIndex.get('stETH') ?? -1]).toBeCloseTo(0.001, 12);
  expect(priceOf(result, 'wstETH')).toBeCloseTo(1998 * 1.2, 9);
  expect(priceOf(result, 'VLT')).toBeCloseTo(0.0002 * 1998 * 1.2 + 0.3 + 0.22, 12);
});

test('a quote above the backing is not believed, and the claim is named under-backed', () => {
  const snapshot = sampleSnapshot(0);
  const result = pack(sampleContents(), {
    ...snapshot,
    quotes: [...snapshot.quotes, { assetId: 'VLT', priceUsd: 1.25, source: 'issuer', asOf: snapshot.asOf, intervalMs: null }],
  });
  const backing = 0.0002 * 1998 * 1.2 + 0.52;
  expect(priceOf(result, 'VLT')).toBeCloseTo(backing, 12);
  expect(result.underBacked).toEqual([{ assetId: 'VLT', backingRatio: expect.closeTo(backing / 1.25, 9) as number }]);
});

test('a missing price is worth nothing and flagged, and what it backs says so', () => {
  const snapshot = sampleSnapshot(0);
  const result = pack(sampleContents(), { ...snapshot, quotes: snapshot.quotes.filter((quote) => quote.assetId !== 'DAI') });
  expect(priceOf(result, 'DAI')).toBe(0);
  const debt = result.positionIndex.get('p10') ?? -1;
  expect(result.coverage[debt]?.unpricedReason).toBe('no quote for DAI');
  expect(result.packed.positions.isUnpriced[debt]).toBe(1);
});

test('a price older than its interval is stale, and so is a claim priced through it', () => {
  const result = packSample();
  const wsteth = result.coverage[result.positionIndex.get('p0') ?? -1];
  expect(wsteth).toMatchObject({ isStale: true, ageMs: 3 * 3_600_000, limitMs: 3_600_000 });
  expect(result.coverage[result.positionIndex.get('p8') ?? -1]?.isStale).toBe(false);
});

test('claims that back each other whole are refused by name', () => {
  const contents = sampleContents();
  const assets = contents.assets.map((asset) => {
    if (asset.id === 'stETH') return { ...asset, backing: [{ assetId: 'wstETH', quantityPerUnit: '0.9', source: 'x' }] };
    return asset;
  });
  const packed = packBook({ ...contents, assets }, sampleSnapshot(0), sampleScenarioSet());
  expect(packed).toMatchObject({ ok: false, failure: { reason: 'circular', message: expect.stringContaining('stETH') as string } });
});

test('claims that back each other in part are priced together', () => {
  const contents = sampleContents();
  const assets = contents.assets.map((asset) => {
    if (asset.id === 'stETH')
      return {
        ...asset,
        backing: [
          { assetId: 'ETH', quantityPerUnit: '0.5', source: 'x' },
          { assetId: 'wstETH', quantityPerUnit: '0.25', source: 'x' },
        ],
      };
    return asset;
  });
  const result = pack(
    { ...contents, assets },
    { ...sampleSnapshot(0), quotes: sampleSnapshot(0).quotes.filter((quote) => quote.assetId !== 'stETH') },
  );
  // p = 0.5 × 2000 + 0.25 × 1.2 p
  expect(priceOf(result, 'stETH')).toBeCloseTo(1000 / 0.7, 9);
  const eth = result.assetIndex.get('ETH') ?? -1;
  const at = (result.assetIndex.get('stETH') ?? -1) * result.packed.assets.count + eth;
  expect(result.packed.assets.lookThroughUnits[at]).toBeCloseTo(0.5 / 0.7, 12);
});

test('extra positions stand with their account, start at a profit of nothing and do not change the others', () => {
  const contents = sampleContents();
  const options = { extraPositions: [{ accountId: 'PERP-1', instrumentId: 'perps:ETH', quantity: '0' }] };
  const packed = packBook(contents, sampleSnapshot(0), sampleScenarioSet(), options);
  if (!packed.ok) throw new Error(packed.failure.message);
  const extra = packed.value.positionIndex.get('extra:0') ?? -1;
  expect(packed.value.packed.positions.account[extra]).toBe(packed.value.accountIndex.get('PERP-1'));
  expect(packed.value.packed.positions.entryPriceUsd[extra]).toBeCloseTo(2002, 9);
  expect(packed.value.positionIds).toHaveLength(contents.positions.length + 1);
});

test('a position of an unknown instrument is refused by name', () => {
  const contents = sampleContents();
  const positions = contents.positions.map((position, i) => (i === 0 ? { ...position, instrumentId: 'nowhere:X' } : position));
  expect(packBook({ ...contents, positions }, sampleSnapshot(0), sampleScenarioSet())).toMatchObject({
    ok: false,
    failure: { reason: 'invalidValue', message: 'position p0: no instrument nowhere:X' },
  });
});

test('an option without a quote of its own takes its volatility from the smile of its expiry', () => {
  const contents = sampleContents();
  const instruments = contents.instruments.map((instrument) =>
    instrument.id === 'options:P1800' && instrument.kind === 'option' ? { ...instrument, id: 'options:P2000', strike: '2000' } : instrument,
  );
  const positions = contents.positions.map((position) =>
    position.instrumentId === 'options:P1800' ? { ...position, instrumentId: 'options:P2000' } : position,
  );
  const result = pack(
    { ...contents, instruments: [...instruments, ...contents.instruments.filter((each) => each.id === 'options:P1800')], positions },
    unquoted(sampleSnapshot(0)),
  );
  const p = result.positionIndex.get('p16') ?? -1;
  const volatility = result.packed.positions.impliedVolatility[p] ?? NaN;
  expect(result.coverage[p]?.unpricedReason).toBeNull();
  expect(volatility).toBeGreaterThan(0.66);
  expect(volatility).toBeLessThan(0.74);
});

test('an option of an expiry between two listed ones is priced between them, and one beyond the last is not priced', () => {
  const contents = sampleContents();
  const later = sampleSnapshot(0).listings.flatMap((listing) =>
    listing.instrument.kind === 'option'
      ? [
          {
            ...listing,
            impliedVolatility: 0.5,
            underlyingPriceUsd: 2050,
            instrument: { ...listing.instrument, id: `${listing.instrument.id}-later`, expiry: '2026-12-25T08:00:00Z' },
          },
        ]
      : [],
  );
  const base = unquoted(sampleSnapshot(0));
  const snapshot = { ...base, listings: [...base.listings, ...unquoted({ ...base, listings: later }).listings] };
  const held = (expiry: string): { volatility: number; ratio: number; reason: string | null } => {
    const instruments = contents.instruments.map((each) =>
      each.id === 'options:P1800' && each.kind === 'option' ? { ...each, id: 'options:other', expiry } : each,
    );
    const positions = contents.positions.map((position) =>
      position.instrumentId === 'options:P1800' ? { ...position, instrumentId: 'options:other' } : position,
    );
    const result = pack(
      { ...contents, instruments: [...instruments, ...contents.instruments.filter((each) => each.id === 'options:P1800')], positions },
      snapshot,
    );
    const p = result.positionIndex.get('p16') ?? -1;
    return {
      volatility: result.packed.positions.impliedVolatility[p] ?? NaN,
      ratio: result.packed.positions.forwardRatio[p] ?? NaN,
      reason: result.coverage[p]?.unpricedReason ?? null,
    };
  };
  const between = held('2026-08-28T08:00:00Z');
  expect(between.reason).toBeNull();
  expect(between.volatility).toBeGreaterThan(0.5);
  expect(between.volatility).toBeLessThan(0.72);
  expect(between.ratio).toBeGreaterThan(2010 / 2000);
  expect(between.ratio).toBeLessThan(2050 / 2000);
  expect(held('2027-06-25T08:00:00Z').reason).toMatch(/no forward/);
});

/** The snapshot with marks but no quotes: what is not listed then follows the marks. */
function unquoted(snapshot: Snapshot): Snapshot {
  return { ...snapshot, listings: snapshot.listings.map((listing) => ({ ...listing, bid: null, ask: null })) };
}
