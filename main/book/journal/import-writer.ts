import { accountNoun } from '../account.ts';
import { assetNoun } from '../asset.ts';
import { fail, succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { instrumentNoun } from '../instrument.ts';
import type { Noun } from '../noun.ts';
import { gatherPut } from '../noun.ts';
import type { ImportWriter } from '../open-book.ts';
import { pledgeNoun } from '../pledge.ts';
import { positionNoun } from '../position.ts';
import { venueNoun } from '../venue.ts';
import type { OpenStep } from './step.ts';
import { gathered, keysPerImage } from './table.ts';
import type { GatheredChanges } from './table.ts';

/**
 * An import as one open step. Rows wait until a table has a full image of them, so that a caller who puts them one by one
 * costs no more than one who puts thousands. `onEnd` is called once, when the import is committed, rolled back or failed.
 */
export function createImportWriter(step: OpenStep, onEnd: () => void): ImportWriter {
  const pending: GatheredChanges = new Map();
  let rows = 0;
  let ended: Result<never> | null = null;

  const end = (reason: Result<never>): Result<never> => {
    if (ended) return ended;
    ended = reason;
    pending.clear();
    step.abandon();
    onEnd();
    return ended;
  };
  const flush = (): Result<void> => {
    const changes = gathered(pending);
    pending.clear();
    return step.apply(changes);
  };
  const put =
    <Value>(noun: Noun<Value>) =>
    (values: readonly Value[]): Result<void> => {
      if (ended) return ended;
      const put = gatherPut(pending, noun, values);
      if (!put.ok) return end(put);
      rows += values.length;
      if (![...pending.values()].some((rowsByKey) => rowsByKey.size >= keysPerImage)) return succeed(undefined);
      const flushed = flush();
      return flushed.ok ? flushed : end(flushed);
    };
  const commit = (): Result<{ readonly rows: number }> => {
    if (ended) return ended;
    const flushed = flush();
    const finished = flushed.ok ? step.finish() : flushed;
    if (!finished.ok) return end(finished);
    end(fail('conflict', 'the import is already committed'));
    return succeed({ rows });
  };

  return {
    putVenues: put(venueNoun),
    putAssets: put(assetNoun),
    putAccounts: put(accountNoun),
    putInstruments: put(instrumentNoun),
    putPositions: put(positionNoun),
    putPledges: put(pledgeNoun),
    commit,
    rollback: () => {
      end(fail('cancelled', 'the import was rolled back'));
    },
  };
}
