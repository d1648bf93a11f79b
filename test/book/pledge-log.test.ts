import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pledge } from '../../main/domain/pledge.ts';
import { createSampleBook, sampleContents, type SampleBook } from '../support/sample-book.ts';
import { valueOf } from './result.ts';

let sample: SampleBook;

beforeEach(() => {
  sample = createSampleBook();
});

afterEach(() => sample.dispose());

const [account] = sampleContents.accounts;
const [asset] = sampleContents.assets;

function pledged(quantity: string, venueId = account?.venueId ?? ''): Pledge {
  const accountId = account?.id ?? '';
  return { id: 'logged', accountId, assetId: asset?.id ?? '', quantity, pledgeeVenueId: venueId, obligation: 'a loan', isReusable: false };
}

function put(row: Pledge): void {
  valueOf(sample.book.edit('Pledge', [{ kind: 'putPledge', row }]));
}

describe('the log of pledges', () => {
  it('has nothing to tell of a book that was never edited', () => {
    expect(sample.book.pledgeLog()).toEqual({ reachesBackTo: null, lastStepAt: null, events: [] });
  });

  it('tells pledges and releases in their order', () => {
    put(pledged('100'));
    put(pledged('40'));
    put(pledged('90'));
    valueOf(sample.book.edit('Release', [{ kind: 'delete', noun: 'pledge', id: 'logged' }]));
    const { events, reachesBackTo, lastStepAt } = sample.book.pledgeLog();
    expect(lastStepAt !== null && reachesBackTo !== null && lastStepAt >= reachesBackTo).toBe(true);
    expect(events.map((event) => event.quantityChange)).toEqual([100, -60, 50, -90]);
    expect(events[0]).toMatchObject({ accountId: account?.id, assetId: asset?.id, venueId: account?.venueId });
    expect(reachesBackTo).toBe(events[0]?.at);
  });

  it('tells a pledge that moves to another venue as a release and a pledge', () => {
    const other = sampleContents.venues.find((venue) => venue.id !== account?.venueId)?.id ?? '';
    put(pledged('100'));
    put(pledged('100', other));
    const { events } = sample.book.pledgeLog();
    expect(events.map((event) => [event.venueId, event.quantityChange])).toEqual([
      [account?.venueId, 100],
      [account?.venueId, -100],
      [other, 100],
    ]);
  });

  it('forgets what was undone', () => {
    put(pledged('100'));
    put(pledged('40'));
    valueOf(sample.book.undo());
    expect(sample.book.pledgeLog().events.map((event) => event.quantityChange)).toEqual([100]);
  });

  it('is not moved by edits of other things', () => {
    valueOf(sample.book.edit('Rename', [{ kind: 'rename', name: 'Other' }]));
    expect(sample.book.pledgeLog().events).toEqual([]);
  });
});
