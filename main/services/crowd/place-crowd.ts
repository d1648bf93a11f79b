import type { OpenBook } from '../../book/open-book.ts';
import type { CrowdShape, SyntheticCrowd } from '../../contract/market.ts';
import { fail, succeed, type Result } from '../../domain/failure.ts';
import type { CrowdAccount, Snapshot } from '../../domain/snapshot.ts';
import { figure } from '../analysis/words.ts';
import { packBook } from '../pack.ts';
import { drawCrowd, fitCrowd } from './synthetic-crowd.ts';

const USUAL_SEED = 7;

/** Draws a crowd like the one of the book's active snapshot, and stores it as a snapshot of its own that becomes the active one. */
export function placeSyntheticCrowd(book: OpenBook, { borrowers, seed = USUAL_SEED, ...wish }: CrowdShape): Result<SyntheticCrowd> {
  const contents = book.contents();
  if (!contents.ok) return contents;
  const base = book.snapshot();
  if (!base.ok) return base;
  const set = book.scenarioSet();
  if (!set.ok) return set;
  const pack = packBook(contents.value, base.value, set.value);
  if (!pack.ok) return pack;
  const { assetIndex, packed } = pack.value;
  const priceOf = (assetId: string): number => packed.initial.priceUsd[assetIndex.get(assetId) ?? -1] ?? NaN;
  const fitted = fitCrowd(base.value.crowd, priceOf);
  if (fitted === null)
    return fail('notFound', 'there are no recorded borrowers to take assets and terms from', {
      remedy: 'Import a list of borrowers first.',
    });
  const shape = {
    medianUsd: wish.medianUsd ?? fitted.medianUsd,
    sizeSigma: wish.sizeSigma ?? fitted.sizeSigma,
    medianHealth: wish.medianHealth ?? fitted.medianHealth,
    healthSigma: wish.healthSigma ?? fitted.healthSigma,
  };
  const crowd = drawCrowd(base.value.crowd, { ...shape, borrowers, seed }, priceOf);
  const words = `${figure(borrowers, 0)} borrowers: collateral lognormal, median ${figure(shape.medianUsd, 0)} USD, σ ${figure(shape.sizeSigma, 2)}; health − 1 lognormal, median ${figure(shape.medianHealth - 1, 3)}, σ ${figure(shape.healthSigma, 2)}; assets and terms of ${figure(fitted.fittedTo, 0)} recorded ones; seed ${seed}`;
  const snapshot = withCrowd(base.value, { crowd, name: `synthetic crowd of ${borrowers}`, key: `synthetic-${borrowers}-${seed}`, words });
  const stored = book.putSnapshot(snapshot);
  if (!stored.ok) return stored;
  return succeed({ ...shape, snapshotId: snapshot.id, borrowers, seed, fittedTo: fitted.fittedTo, summary: `${words}.` });
}

/** A snapshot with other borrowers around the book, which it says. */
export function withCrowd(
  base: Snapshot,
  what: { readonly crowd: readonly CrowdAccount[]; readonly name: string; readonly key: string; readonly words: string },
): Snapshot {
  return {
    ...base,
    id: `${base.id}+${what.key}`,
    name: `${base.name}, ${what.name}`,
    crowd: [...what.crowd],
    assumptions: [
      ...base.assumptions.filter(({ id }) => id !== 'crowd'),
      { id: 'crowd', text: 'Who else borrows against the same assets.', value: what.words, source: what.name },
    ],
  };
}

/** A snapshot whose borrowers hold and owe that many times as much: as healthy as before, with more or less to sell. */
export function withCrowdSize(snapshot: Snapshot, factor: number): Snapshot {
  if (factor === 1) return snapshot;
  const scaled = <T extends { readonly quantity: number }>(rows: readonly T[]): T[] =>
    rows.map((row) => ({ ...row, quantity: row.quantity * factor }));
  return {
    ...snapshot,
    crowd: snapshot.crowd.map((account) => ({ ...account, collateral: scaled(account.collateral), debt: scaled(account.debt) })),
  };
}
