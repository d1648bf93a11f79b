import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace, type CascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { buildLadder } from '../../../main/engine/cascade/ladder/ladder.ts';
import type { PackedBook } from '../../../main/engine/packed/packed-book.ts';
import type { Benchmark } from '../../bench/benchmark.ts';
import { scanningCascade } from '../../oracle/scanning-cascade.ts';
import { crowdShock, largeCrowd } from '../../support/large-crowd.ts';

const BORROWERS = 100_000;
const FALL = 0.11;
const MAX_ROUNDS = 200;
const rules = { depthThinningFraction: 0, maxRounds: MAX_ROUNDS, includeCrowd: true };

let book: PackedBook;
let work: CascadeWorkspace;

/** A mild cascade (about 6 % of the crowd falls) with the ladder against judging everyone, and what the ladder costs to build. */
export const benchmarks: Benchmark[] = [
  {
    name: `a mild cascade of ${BORROWERS} borrowers in 20 assets, against judging everyone in every round`,
    setUp: () => {
      book = largeCrowd({ borrowers: BORROWERS, depthFactor: 10 });
      work = makeCascadeWorkspace(book);
    },
    run: () => runCascade(work, crowdShock(book, FALL), rules).rounds,
    twin: () => scanningCascade(book, crowdShock(book, FALL).moves, MAX_ROUNDS).rounds,
    leastRatio: 2,
    repeats: 15,
  },
  {
    name: `the ladder of ${BORROWERS} borrowers, built once per snapshot`,
    setUp: () => {
      book = largeCrowd({ borrowers: BORROWERS, depthFactor: 10 });
    },
    run: () => buildLadder(book).groups,
    limitCpuMs: 1000,
  },
];
