import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackedBook } from '../../../../main/engine/packed/packed-book.ts';

/** The scanning cascade vectorised in Python, run as a program of its own. */
export type NumpyTwin = {
  /** Why there is none on this machine, else null. */
  readonly obstacle: string | null;
  readonly run: () => { readonly cpuMs: number; readonly rounds: number; readonly fell: number; readonly priceUsd: Float64Array };
  readonly remove: () => void;
};

/** Runs within one start of Python; the least time counts. */
const RUNS = '3';

/** Hands a crowd without own accounts and a shock to Python. */
export function numpyTwin(book: PackedBook, moves: Float64Array, maxRounds: number): NumpyTwin {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-numpy-'));
  const input = join(folder, 'case');
  writeFileSync(input, numpyInput(book, moves, maxRounds));
  const python = spawnSync('python3', ['-c', 'import numpy, scipy.sparse'], { encoding: 'utf8' });
  return {
    obstacle: python.status === 0 ? null : 'there is no python3 with NumPy and SciPy',
    run: () => {
      const done = spawnSync('python3', [join(import.meta.dirname, 'scan.py'), input, RUNS], { encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`scan.py ended with ${String(done.status)}: ${done.stderr}`);
      const [cpuMs = NaN, rounds = NaN, fell = NaN, ...priceUsd] = done.stdout.trim().split('\n').map(Number);
      return { cpuMs, rounds, fell, priceUsd: Float64Array.from(priceUsd) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function numpyInput({ lending, assets, depth, drivers, initial }: PackedBook, moves: Float64Array, maxRounds: number): Float64Array {
  const price = initial.priceUsd.slice();
  drivers.forEach((asset, d) => (price[asset] = (price[asset] ?? NaN) * (1 + (moves[d] ?? NaN))));
  const reserve = new Float64Array(assets.count);
  depth.asset.forEach((asset, pool) => (reserve[asset] = depth.reserveQuantity[pool] ?? NaN));
  const target = new Float64Array(assets.count).fill(-1);
  drivers.forEach((asset) => (target[asset] = asset));
  return Float64Array.from([
    ...[lending.count, assets.count, lending.collateralAsset.length, lending.debtAsset.length, maxRounds],
    ...joined(
      lending.collateralStart,
      lending.collateralAsset,
      lending.collateralQuantity,
      lending.collateralThreshold,
      lending.collateralBonus,
    ),
    ...joined(lending.debtStart, lending.debtAsset, lending.debtQuantity),
    ...joined(lending.closeFactorFraction, lending.fullLiquidationHealthFactor, lending.smallPositionUsd),
    ...joined(price, reserve, target),
  ]);
}

function* joined(...columns: readonly (Int32Array | Float64Array)[]): Generator<number> {
  for (const column of columns) yield* column;
}
