import { fileURLToPath } from 'node:url';
import { runCascade } from '../../../main/engine/cascade/run-cascade.ts';
import { makeCascadeWorkspace, type CascadeWorkspace } from '../../../main/engine/cascade/workspace.ts';
import { randomUniform } from '../../../main/engine/math/random.ts';
import { evaluateAccounts, makeAccountMeasures } from '../../../main/engine/packed/evaluate-accounts.ts';
import { applyShock, copyState } from '../../../main/engine/packed/market-state.ts';
import type { BookContents } from '../../../main/domain/book.ts';
import { readDemo } from '../../../main/market/demo.ts';
import { createPool } from '../../../main/pool/pool.ts';
import type { Pool } from '../../../main/pool/pool-types.ts';
import { analyseBook } from '../../../main/services/analysis/analyse-book.ts';
import type { AnalysisInputs } from '../../../main/services/analysis/engine-run.ts';
import { packBook, type PackResult } from '../../../main/services/pack.ts';
import type { Benchmark } from '../../bench/benchmark.ts';
import { naiveCascade, type NaiveSystem } from '../../oracle/naive-cascade.ts';
import { packSystem, randomSystem } from '../../support/random-system.ts';
import { sampleContents } from '../../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../../support/sample-system.ts';

const CASCADES = 20;
const CROWD = 1800;
const TICK_POSITIONS = 10_000;

let system: NaiveSystem;
let work: CascadeWorkspace;
let shock: { moves: Float64Array; volatilityShift: number };

/** 1,800 borrowers around the market of the random systems. */
function largeSystem(): NaiveSystem {
  const { naive } = randomSystem(5);
  const borrowers = Array.from({ length: CROWD }, (_, i) => {
    const weighted = 100_000 + 900_000 * randomUniform(17, i, 0);
    return {
      id: `b${i}`,
      venueId: 'pool',
      collateral: [{ assetId: i % 5 === 0 ? 'WETH' : 'stETH', quantity: weighted / 2000 / 0.8, liquidationThresholdFraction: 0.8 }],
      debt: [{ assetId: i % 4 === 0 ? 'WETH' : 'USDC', quantity: weighted / (1.02 + randomUniform(17, i, 1)) / (i % 4 === 0 ? 2000 : 1) }],
      liquidationBonusFraction: 0.06,
    };
  });
  return {
    ...naive,
    borrowers,
    moves: { ETH: -0.18, BTC: -0.14 },
    pools: naive.pools.map((pool) => ({ ...pool, reserveQuantity: pool.reserveQuantity * 200 })),
  };
}

/** The sample book with its option and perpetual positions repeated to ten thousand. */
function largeContents(): BookContents {
  const contents = sampleContents();
  const margin = contents.positions.filter((position) => ['PERP-1', 'OPT-1'].includes(position.accountId));
  const positions = Array.from({ length: TICK_POSITIONS }, (_, i) => {
    const from = margin[i % margin.length];
    if (from === undefined) throw new Error('the sample book has no margin positions');
    return { ...from, id: `tick-${i}`, quantity: String(Math.round(Number(from.quantity) / 100)) };
  });
  return { ...contents, positions };
}

const contents = largeContents();
const snapshot = sampleSnapshot(0);
const scenarioSet = sampleScenarioSet();
let packed: PackResult;

function packOrThrow(): PackResult {
  const result = packBook(contents, snapshot, scenarioSet);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** Requirements of every account after ether has ticked. */
function tick(pack: PackResult): Float64Array {
  const measures = makeAccountMeasures(pack.packed.accounts.count);
  const state = copyState(pack.packed.initial);
  applyShock(
    pack.packed,
    Float64Array.from(pack.driverIds, () => 0.0005),
    0,
    state,
  );
  evaluateAccounts(pack.packed, state, measures);
  return measures.requirementUsd;
}

let pool: Pool;
let demo: AnalysisInputs;

function setUpDemo(): void {
  const read = readDemo(fileURLToPath(new URL('../../../resources', import.meta.url)));
  if (!read.ok) throw new Error(read.failure.message);
  const set = read.value.scenarioSets[0];
  if (set === undefined) throw new Error('the demo has no scenario set');
  demo = { contents: read.value.contents, snapshot: read.value.snapshot, scenarioSet: set, shock: set.reference, assumptions: set.cascade };
  pool = createPool({ workerUrl: new URL('../../../main/pool/worker.ts', import.meta.url), workers: 2 });
}

/** Figures of the engine: cascades, requirements after a tick, and the whole demo analysis. */
export const benchmarks: Benchmark[] = [
  {
    name: `${CASCADES} cascades of ${CROWD} borrowers, against plain objects`,
    setUp: () => {
      system = largeSystem();
      const pack = packSystem(system);
      work = makeCascadeWorkspace(pack.packed);
      shock = { moves: Float64Array.from(pack.driverIds, (id) => system.moves[id] ?? 0), volatilityShift: 0 };
    },
    run: () => {
      let rounds = 0;
      for (let i = 0; i < CASCADES; i += 1) {
        rounds += runCascade(work, shock, {
          depthThinningFraction: system.thinning,
          maxRounds: system.maxRounds,
          includeCrowd: true,
        }).rounds;
      }
      return rounds;
    },
    twin: () => Array.from({ length: CASCADES }, () => naiveCascade(system).rounds),
    limitCpuMs: CASCADES,
    leastRatio: 5,
  },
  {
    name: `a quote tick to requirements at ${TICK_POSITIONS} positions, against packing everything again`,
    setUp: () => {
      packed = packOrThrow();
    },
    run: () => tick(packed),
    twin: () => tick(packOrThrow()),
    limitCpuMs: 50,
    leastRatio: 2,
  },
  {
    name: 'full analysis of the demo book',
    setUp: setUpDemo,
    run: async () => {
      const identity = { runId: 'bench', engineVersion: 'bench', seed: 7, inputsDigest: 'bench' };
      const result = await analyseBook(demo, identity, { pool, signal: new AbortController().signal, progress: () => undefined });
      if (!result.ok) throw new Error(result.failure.message);
      return result.value.totals.equityUsd;
    },
    tearDown: () => pool.close(),
    limitCpuMs: 2000,
    repeats: 3,
  },
];
