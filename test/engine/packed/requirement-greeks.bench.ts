import type { BookContents } from '../../../main/domain/book.ts';
import { driverLoadings, fillGreeks, makeAccountGreeks, type AccountGreeks } from '../../../main/engine/packed/greeks/account-greeks.ts';
import { makeDependencyIndex } from '../../../main/engine/packed/greeks/dependency-index.ts';
import { evaluateAccounts, makeAccountMeasures, type AccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../../../main/engine/packed/market-state.ts';
import { withQuantities, type PackedBook } from '../../../main/engine/packed/packed-book.ts';
import { tickDriver, type LiveBook } from '../../../main/engine/packed/greeks/tick-accounts.ts';
import { packBook } from '../../../main/services/pack.ts';
import type { Benchmark } from '../../bench/benchmark.ts';
import { sampleContents } from '../../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

const POSITIONS = 10_000;
const ACCOUNTS = 100;
const TICKS = 20;

/**
 * The sample system's accounts copied to a hundred, its positions dealt out to them: half of the accounts trade options and futures
 * on one margin, every tenth holds bitcoin only, the rest lend and borrow.
 */
function largeContents(): BookContents {
  const contents = sampleContents();
  const bitcoin = { ...contents.instruments[0], id: 'spot:BTC', name: 'BTC', kind: 'spot', venueId: 'custody', assetId: 'BTC' };
  const kinds = contents.accounts.filter((account) => account.id !== 'CUSTODY');
  const accounts = Array.from({ length: ACCOUNTS }, (_, i) => {
    const kind = i % 10 === 9 ? contents.accounts.at(-1) : i % 2 === 0 ? kinds.at(-1) : kinds[i % kinds.length];
    if (kind === undefined) throw new Error('the sample book has no accounts');
    return { kind, account: { ...kind, id: `${kind.id}/${i}` } };
  });
  const positions = Array.from({ length: POSITIONS }, (_, i) => {
    const { kind, account } = accounts[i % ACCOUNTS] ?? { kind: contents.accounts[0], account: contents.accounts[0] };
    const own = contents.positions.filter((position) => position.accountId === kind?.id);
    const from = own[Math.floor(i / ACCOUNTS) % own.length];
    if (from === undefined || account === undefined) throw new Error('an account of the sample book has no positions');
    const instrumentId = kind?.id === 'CUSTODY' ? 'spot:BTC' : from.instrumentId;
    return { ...from, id: `p${i}`, accountId: account.id, instrumentId, quantity: String(Number(from.quantity) / 20) };
  });
  return {
    ...contents,
    accounts: accounts.map((each) => each.account),
    instruments: [...contents.instruments, bitcoin as BookContents['instruments'][number]],
    positions,
    pledges: [],
  };
}

let packed: PackedBook;
let live: LiveBook;

function setUp(): void {
  const result = packBook(largeContents(), sampleSnapshot(0), sampleScenarioSet());
  if (!result.ok) throw new Error(result.failure.message);
  packed = result.value.packed;
  const state = copyState(packed.initial);
  const { measures, greeks } = everything(packed);
  live = { packed, index: makeDependencyIndex(packed), state, measures, greeks };
}

/** Requirements and their Greeks, in closed form. */
function everything(book: PackedBook): { readonly measures: AccountMeasures; readonly greeks: AccountGreeks } {
  const measures = makeAccountMeasures(book.accounts.count);
  evaluateAccounts(book, book.initial, measures);
  const greeks = makeAccountGreeks(book.accounts.count, book.drivers.length);
  fillGreeks(book, book.initial, driverLoadings(book, book.initial), greeks);
  return { measures, greeks };
}

/** The same first and second slopes by valuing the whole book at every bump. */
function bumped(book: PackedBook): readonly AccountMeasures[] {
  const state = copyState(book.initial);
  const at = (moves: Float64Array, volatilityShift: number, each = book): AccountMeasures => {
    applyShock(each, moves, volatilityShift, state);
    const out = makeAccountMeasures(each.accounts.count);
    evaluateAccounts(each, state, out);
    return out;
  };
  const still = new Float64Array(book.drivers.length);
  const one = (d: number, size: number): Float64Array => still.map((_, i) => (i === d ? size : 0));
  const { positions } = book;
  const charged = withQuantities(
    book,
    positions.quantity.map((quantity, p) => (positions.kind[p] === 1 ? quantity * 1.001 : quantity)),
  );
  const thresholds = { ...book, positions: { ...positions, collateralFraction: positions.collateralFraction.map((each) => each + 0.001) } };
  return [
    at(still, 0),
    ...Array.from(book.drivers, (_, d) => [at(one(d, 1e-4), 0), at(one(d, -1e-4), 0)]).flat(),
    at(still, 1e-4),
    at(still, -1e-4),
    at(still, 0, charged),
    at(still, 0, thresholds),
  ];
}

/** Ticks of bitcoin, which few accounts hold. */
function ticks(): number {
  const btc = packed.drivers.length - 1;
  let touched = 0;
  for (let i = 0; i < TICKS; i += 1)
    touched += tickDriver(live, btc, (packed.initial.priceUsd[packed.drivers[btc] ?? 0] ?? 0) * (1 + i / 1e4));
  return touched;
}

/** Requirements and Greeks of a large book, at once and after a tick. */
export const benchmarks: Benchmark[] = [
  {
    name: `a book of ${POSITIONS} positions in ${ACCOUNTS} accounts: full requirement and requirement Greeks, against bumping`,
    setUp,
    run: () => everything(packed).greeks.excessSlopeUsd,
    twin: () => bumped(packed).length,
    limitCpuMs: 30,
    leastRatio: 2,
  },
  {
    name: `${TICKS} ticks of a driver touch only what depends on it, against everything again`,
    setUp,
    run: ticks,
    twin: () => Array.from({ length: TICKS }, () => everything(packed).measures.equityUsd[0]),
    limitCpuMs: 30,
    leastRatio: 5,
  },
];
