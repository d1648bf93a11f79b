import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace, type CascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { buildLadder } from '../../../main/engine/cascade/ladder/build-ladder.ts';
import { ladderOf } from '../../../main/engine/cascade/ladder/shared-ladder.ts';
import type { PackedBook } from '../../../main/engine/packed/packed-book.ts';
import type { Benchmark } from '../../bench/benchmark.ts';
import { scanningCascade } from '../../oracle/scanning-cascade.ts';
import { crowdShock, largeCrowd } from '../../support/large-crowd.ts';
import { numpyTwin, type NumpyTwin } from './numpy/numpy-twin.ts';

const BORROWERS = 100_000;
const MANY = 1_000_000;
const DEPTH = 2.5;
const FALL = 0.1;
const MAX_ROUNDS = 200;
const rules = { depthThinningFraction: 0, maxRounds: MAX_ROUNDS, includeCrowd: true };

let book: PackedBook;
let work: CascadeWorkspace;
let numpy: NumpyTwin | undefined;

/** A mild cascade: about 7 % of the crowd falls, in six rounds. The twin judges everyone in every round over typed arrays. */
function mild(borrowers: number, leastRatio: number, repeats: number): Benchmark {
  return {
    name: `a mild cascade of ${borrowers} borrowers in 20 assets, against judging everyone in every round`,
    setUp: () => {
      book = largeCrowd({ borrowers, depthFactor: DEPTH });
      work = makeCascadeWorkspace(book);
    },
    run: () => runCascade(work, crowdShock(book, FALL), rules).rounds,
    twin: () => scanningCascade(book, crowdShock(book, FALL).moves, MAX_ROUNDS).rounds,
    leastRatio,
    repeats,
  };
}

/** The same crowd beside own accounts that have changed: its columns are new and hold the same numbers. */
function repacked(packed: PackedBook): PackedBook {
  return { ...packed, initial: { ...packed.initial, priceUsd: packed.initial.priceUsd.slice() }, lending: { ...packed.lending } };
}

/** The ladder against its twin, and what it costs to build. */
export const benchmarks: Benchmark[] = [
  mild(BORROWERS, 8, 40),
  mild(MANY, 20, 20),
  {
    name: `a mild cascade of ${BORROWERS} borrowers in 20 assets, against NumPy and SciPy`,
    setUp: () => {
      book = largeCrowd({ borrowers: BORROWERS, depthFactor: DEPTH });
      work = makeCascadeWorkspace(book);
      numpy = numpyTwin(book, crowdShock(book, FALL).moves, MAX_ROUNDS);
    },
    tearDown: () => numpy?.remove(),
    obstacle: () => numpy?.obstacle ?? null,
    run: () => runCascade(work, crowdShock(book, FALL), rules).rounds,
    twinCpuMs: () => {
      const twin = numpy?.run();
      const { rounds, finalState } = runCascade(work, crowdShock(book, FALL), rules);
      const isSame =
        twin?.rounds === rounds && twin.priceUsd.every((price, i) => Math.abs(price / (finalState.priceUsd[i] ?? NaN) - 1) < 1e-12);
      if (!isSame) throw new Error('NumPy finds another cascade');
      return twin.cpuMs;
    },
    leastRatio: 5,
    repeats: 10,
  },
  {
    name: `the ladder of ${BORROWERS} borrowers, built once per snapshot`,
    setUp: () => {
      book = largeCrowd({ borrowers: BORROWERS, depthFactor: DEPTH });
    },
    run: () => buildLadder(book).order.length,
    limitCpuMs: 1000,
  },
  {
    name: `the ladder of ${BORROWERS} borrowers after an own account has changed, against building it`,
    setUp: () => {
      book = largeCrowd({ borrowers: BORROWERS, depthFactor: DEPTH });
      ladderOf(book);
    },
    run: () => ladderOf(repacked(book)).order.length,
    twin: () => buildLadder(book).order.length,
    leastRatio: 10,
  },
];
