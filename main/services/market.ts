import type { OpenBook } from '../book/open-book.ts';
import type { CallContext, OutputOf, Services } from '../contract/contract.ts';
import { fail, succeed, type Result } from '../domain/failure.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { openCsvTable } from '../importing/file/csv-table.ts';
import { scanJson } from '../importing/file/json-scan.ts';
import { readJsonText } from '../importing/file/json-table.ts';
import { isJson } from '../importing/file/open-table.ts';
import { sourceFile, type SourceFile } from '../importing/file/spilled-file.ts';
import { inspectTextFile, type TextFacts } from '../importing/file/text-file.ts';
import { CROWD_COLUMNS, readCrowdList } from '../market/crowd-list.ts';
import { snapshotWithBars, snapshotWithChain } from '../market/build-snapshot.ts';
import type { MarketRow, RejectedRow } from '../market/market-rows.ts';
import { OPTION_CHAIN_COLUMNS, readOptionChain } from '../market/option-chain.ts';
import { DAILY_BAR_COLUMNS, PRICE_BAR_COLUMNS, readPriceBars } from '../market/price-bars.ts';
import { isSnapshotFile, readSnapshotFile } from '../market/snapshot-file.ts';
import { totalVarianceAt } from '../engine/pricing/smile.ts';
import { readVenueText } from '../market/venue-file.ts';
import { figure } from './analysis/words.ts';
import { allSmiles, type ExpirySmile } from './pack/chain-smiles.ts';
import { placeSyntheticCrowd, withCrowd } from './crowd/place-crowd.ts';
import type { Session } from './session.ts';

type MarketServiceName = Extract<keyof Services, `market.${string}`>;
type Imported = OutputOf<'market.import'>;

/** Rows of a market file that are held at a time; the largest known file has a tenth of that. */
const MOST_ROWS = 500_000;
const MOST_REJECTED = 2_000;

/** Shows, activates and imports market snapshots and venue parameters of the session's book. */
export function createMarketServices({ session }: { readonly session: Session }): Pick<Services, MarketServiceName> {
  return {
    'market.snapshots': async () => {
      const book = session.book();
      return book.ok ? succeed(book.value.snapshots()) : book;
    },
    'market.snapshot': async ({ id }) => {
      const book = session.book();
      return book.ok ? book.value.snapshot(id) : book;
    },
    'market.smiles': async () => {
      const book = session.book();
      if (!book.ok) return book;
      const active = book.value.snapshot();
      return active.ok ? succeed(allSmiles(active.value).map(smileReport)) : active;
    },
    'market.activate': async ({ id }) => {
      const book = session.book();
      if (!book.ok) return book;
      const activated = book.value.activateSnapshot(id);
      if (activated.ok) session.changed();
      return activated;
    },
    'market.syntheticCrowd': async (shape) => {
      const book = session.book();
      if (!book.ok) return book;
      const placed = placeSyntheticCrowd(book.value, shape);
      if (placed.ok) session.changed();
      return placed;
    },
    'market.import': async ({ source }, context) => {
      const book = session.book();
      if (!book.ok) return book;
      const file = sourceFile(source);
      if (!file.ok) return file;
      try {
        const imported = await importFile(book.value, file.value, context);
        if (imported.ok) session.changed();
        return imported;
      } finally {
        file.value.discard();
      }
    },
  };
}

function smileReport({ smile, ...fit }: ExpirySmile): OutputOf<'market.smiles'>[number] {
  const { underlyingId, expiry, forward, quoted, met } = fit;
  return {
    underlyingId,
    expiry,
    forwardUsd: forward,
    volatility: Math.sqrt(totalVarianceAt(smile, 0) / smile.years),
    quoted,
    met,
    conflicts: [...fit.conflicts],
    gaps: fit.gaps.map(([from, to]) => [from, to]),
  };
}

/** '1,838 of 1,840 quotes are met by a smile without arbitrage; 3 contradict their neighbours'; nothing for a snapshot without options. */
function smileSummary(snapshot: Snapshot): string {
  const smiles = allSmiles(snapshot);
  if (smiles.length === 0) return '';
  const sum = (count: (smile: ExpirySmile) => number): string =>
    figure(
      smiles.reduce((total, smile) => total + count(smile), 0),
      0,
    );
  return `; ${sum((each) => each.met)} of ${sum((each) => each.quoted)} option quotes are met by a smile without arbitrage, ${sum((each) => each.conflicts.length)} contradict each other`;
}

async function importFile(book: OpenBook, file: SourceFile, context: CallContext): Promise<Result<Imported>> {
  const facts = await inspectTextFile(file.path, context.signal);
  if (!facts.ok) return facts;
  return isJson(facts.value)
    ? importJson(book, file.name, facts.value)
    : importRows(book, { name: file.name, facts: facts.value }, context);
}

function importJson(book: OpenBook, name: string, facts: TextFacts): Result<Imported> {
  const text = readJsonText(name, facts);
  if (!text.ok) return text;
  const scanned = scanJson(text.value);
  if (!scanned.ok) return { ok: false, failure: { ...scanned.failure, message: `${name}: ${scanned.failure.message}` } };
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch {
    return fail('invalidFile', `${name} is not JSON`, { remedy: 'The file may be cut off.', where: { file: name } });
  }
  if (isSnapshotFile(value)) {
    const snapshot = readSnapshotFile(name, value);
    return snapshot.ok
      ? store(book, snapshot.value, { kind: 'snapshot', rows: snapshot.value.listings.length + snapshot.value.quotes.length, rejected: [] })
      : snapshot;
  }
  const venue = readVenueText(name, text.value);
  if (!venue.ok) return venue;
  const edited = book.edit(`Import venue ${venue.value.name}`, [{ kind: 'putVenue', row: venue.value }]);
  if (!edited.ok) return edited;
  const { family, asOf } = venue.value.parameters;
  return succeed({
    snapshotId: book.info().activeSnapshotId ?? 'none',
    kind: 'venue',
    rows: 1,
    rejected: [],
    summary: `Parameters of ${venue.value.name} (${family}) as of ${asOf}`,
  });
}

async function importRows(book: OpenBook, file: { name: string; facts: TextFacts }, context: CallContext): Promise<Result<Imported>> {
  const table = await openCsvTable(file.name, file.facts);
  if (!table.ok) return table;
  const { columns } = table.value;
  const has = (names: readonly string[]): boolean => names.every((column) => columns.includes(column));
  const kind = has(OPTION_CHAIN_COLUMNS)
    ? 'optionChain'
    : has(CROWD_COLUMNS)
      ? 'crowd'
      : has(PRICE_BAR_COLUMNS) || has(DAILY_BAR_COLUMNS)
        ? 'priceBars'
        : null;
  if (kind === null) {
    return fail(
      'invalidFile',
      `${file.name}: the columns ${columns.slice(0, 6).join(', ')} … are neither an option chain, price bars nor a list of borrowers`,
      {
        remedy: 'See resources/formats/README.md for the layouts that are read.',
        where: { file: file.name, line: 1 },
      },
    );
  }
  const rows: MarketRow[] = [];
  const refused: RejectedRow[] = [];
  const read = await table.value.read({
    signal: context.signal,
    onProgress: (done, total) => context.progress('reading', done, total),
    onRows: (batch) => {
      for (const row of batch) {
        if (row.refusal) refused.push({ line: row.line, ...row.refusal });
        else rows.push(row);
      }
      return rows.length <= MOST_ROWS;
    },
  });
  if (!read.ok) return read;
  if (rows.length > MOST_ROWS) return fail('unsupported', `${file.name} has more than ${MOST_ROWS} rows`, { remedy: 'Split it by time.' });
  const active = book.snapshot();
  const base = active.ok ? active.value : null;
  const made = snapshotMakers[kind](columns, rows, { base, name: file.name });
  if (!made.ok) return made;
  const { snapshot, rejected, accepted } = made.value;
  const all = [...refused, ...rejected].sort((a, b) => a.line - b.line);
  if (accepted === 0) {
    const first = all[0];
    const why = first ? `line ${first.line}, ${first.column}: ${first.reason}` : 'it has no rows';
    return fail('invalidFile', `${file.name} has no row that can be used: ${why}`, {
      where: { file: file.name, ...(first ? { line: first.line, column: first.column } : {}) },
    });
  }
  return store(book, snapshot, { kind, rows: accepted, rejected: all });
}

type Origin = { readonly base: Snapshot | null; readonly name: string };

type Made = { readonly snapshot: Snapshot; readonly rejected: readonly RejectedRow[]; readonly accepted: number };
type Maker = (columns: readonly string[], rows: readonly MarketRow[], origin: Origin) => Result<Made>;

/** What a list of borrowers says where it names no bonus and no venue: the first lending venue that the market knows borrowers of. */
const USUAL_BONUS = 0.05;

const snapshotMakers: Readonly<Record<'optionChain' | 'priceBars' | 'crowd', Maker>> = {
  optionChain: (columns, rows, { base, name }) => {
    const chain = readOptionChain(columns, rows);
    return succeed({ snapshot: snapshotWithChain(base, chain, name), rejected: chain.rejected, accepted: chain.listings.length });
  },
  priceBars: (columns, rows, { base, name }) => {
    const { bars, rejected } = readPriceBars(columns, rows);
    return succeed({ snapshot: snapshotWithBars(base, bars, name), rejected, accepted: bars.length });
  },
  crowd: (columns, rows, { base, name }) => {
    if (base === null)
      return fail('notFound', `${name}: a list of borrowers needs the market that they borrow in`, { remedy: 'Import prices first.' });
    const usual = { venueId: base.crowd[0]?.venueId ?? 'aave', bonusFraction: USUAL_BONUS };
    const { accounts, rejected } = readCrowdList(columns, rows, usual);
    const words = `${accounts.length} borrowers of ${name}; where it names none, the venue is ${usual.venueId} and the bonus ${100 * USUAL_BONUS} %`;
    const snapshot = withCrowd(base, { crowd: accounts, name: `borrowers of ${name}`, key: name, words });
    return succeed({ snapshot, rejected, accepted: rows.length - rejected.length });
  },
};

function store(
  book: OpenBook,
  snapshot: Snapshot,
  what: { kind: 'optionChain' | 'priceBars' | 'crowd' | 'snapshot'; rows: number; rejected: readonly RejectedRow[] },
): Result<Imported> {
  const stored = book.putSnapshot(snapshot);
  if (!stored.ok) return stored;
  const total = what.rows + what.rejected.length;
  return succeed({
    snapshotId: snapshot.id,
    kind: what.kind,
    rows: what.rows,
    rejected: what.rejected.slice(0, MOST_REJECTED),
    summary: `${what.rows} of ${total} rows; ${snapshot.name}: ${snapshot.quotes.length} quotes, ${snapshot.listings.length} listings, ${snapshot.history.length} days of history, ${snapshot.crowd.length} borrowers${what.kind === 'priceBars' || what.kind === 'crowd' ? '' : smileSummary(snapshot)}`,
  });
}
