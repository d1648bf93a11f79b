import { accountNoun } from '../account.ts';
import { assetNoun } from '../asset.ts';
import { succeed } from '../../domain/failure.ts';
import type { Result } from '../../domain/failure.ts';
import { instrumentNoun } from '../instrument.ts';
import type { Noun } from '../noun.ts';
import { putChanges } from '../noun.ts';
import type { ImportWriter } from '../open-book.ts';
import { pledgeNoun } from '../pledge.ts';
import { positionNoun } from '../position.ts';
import { venueNoun } from '../venue.ts';
import type { OpenStep } from './step.ts';
import { gather, gathered, keysPerImage } from './table.ts';
import type { GatheredChanges } from './table.ts';

/**
 * An import as one open step. Rows wait until a table has a full image of them, so that a caller who puts them one by one
 * costs no more than one who puts thousands. `onEnd` is called once, when the import is committed, rolled back or failed.
 */
export function createImportWriter(step: OpenStep, onEnd: () => void): ImportWriter {
  const pending: GatheredChanges = new Map();
  let rows = 0;
  let hasEnded = false;

  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    step.abandon();
    onEnd();
  };
  const flush = (): Result<void> => {
    const changes = gathered(pending);
    pending.clear();
    return step.apply(changes);
  };
  const put =
    <Value>(noun: Noun<Value>) =>
    (values: readonly Value[]): Result<void> => {
      const changes = putChanges(noun, values);
      if (!changes.ok) {
        end();
        return changes;
      }
      rows += values.length;
      gather(pending, changes.value);
      if (![...pending.values()].some((rowsByKey) => rowsByKey.size >= keysPerImage)) return succeed(undefined);
      const flushed = flush();
      if (!flushed.ok) end();
      return flushed;
    };
  const commit = (): Result<{ readonly rows: number }> => {
    const flushed = flush();
    const finished = flushed.ok ? step.finish() : flushed;
    end();
    return finished.ok ? succeed({ rows }) : finished;
  };

  return {
    putVenues: put(venueNoun),
    putAssets: put(assetNoun),
    putAccounts: put(accountNoun),
    putInstruments: put(instrumentNoun),
    putPositions: put(positionNoun),
    putPledges: put(pledgeNoun),
    commit,
    rollback: end,
  };
}
