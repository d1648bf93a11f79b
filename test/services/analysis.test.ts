import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createBook } from '../../main/book/book-file.ts';
import { analysisResult, type AnalysisResult } from '../../main/contract/analysis.ts';
import { decode } from '../../main/contract/codec.ts';
import type { Result } from '../../main/domain/failure.ts';
import { readDemo } from '../../main/market/demo.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { createPool } from '../../main/pool/pool.ts';
import { createAnalysisServices } from '../../main/services/analysis.ts';
import { createSession } from '../../main/services/session.ts';
import { analyseBook, analyseCascade } from '../../main/services/analysis/analyse-book.ts';
import type { AnalysisInputs } from '../../main/services/analysis/engine-run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { sampleContents } from '../support/sample-system-book.ts';
import { sampleScenarioSet, sampleSnapshot } from '../support/sample-system.ts';

const identity = { runId: 'run-1', engineVersion: 'test', seed: 7, inputsDigest: 'digest' };
const engine = { pool: createInlinePool(), signal: new AbortController().signal, progress: (): void => undefined };

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

function sampleInputs(change: Partial<AnalysisInputs> = {}): AnalysisInputs {
  const scenarioSet = sampleScenarioSet();
  return {
    contents: sampleContents(),
    snapshot: sampleSnapshot(),
    scenarioSet,
    shock: scenarioSet.reference,
    assumptions: scenarioSet.cascade,
    ...change,
  };
}

function demoInputs(): AnalysisInputs {
  const demo = valueOf(readDemo(fileURLToPath(new URL('../../resources', import.meta.url))));
  const scenarioSet = demo.scenarioSets[0];
  if (scenarioSet === undefined) throw new Error('the demo has no scenario set');
  return { contents: demo.contents, snapshot: demo.snapshot, scenarioSet, shock: scenarioSet.reference, assumptions: scenarioSet.cascade };
}

async function analyse(inputs: AnalysisInputs): Promise<AnalysisResult> {
  return valueOf(await analyseBook(inputs, identity, engine));
}

function account(result: AnalysisResult, id: string): AnalysisResult['accounts'][number] {
  const found = result.accounts.find((each) => each.accountId === id);
  if (found === undefined) throw new Error(`no account ${id}`);
  return found;
}

describe('the sample system', () => {
  let result: AnalysisResult;
  beforeAll(async () => {
    result = await analyse(sampleInputs());
  });

  test('answers in the shape of the contract', () => {
    const parsed = analysisResult.safeParse(result);
    expect(parsed.success ? [] : parsed.error.issues.slice(0, 5)).toEqual([]);
  });

  test('the same inputs give the same result but for the time it took', async () => {
    expect({ ...(await analyse(sampleInputs())), elapsedMs: 0 }).toEqual({ ...result, elapsedMs: 0 });
  });

  test('threads give the same bits as none', async () => {
    const pool = createPool({ workerUrl: new URL('../../main/pool/worker.ts', import.meta.url), workers: 3 });
    onTestFinished(pool.close);
    const threaded = valueOf(await analyseBook(sampleInputs(), identity, { ...engine, pool }));
    expect({ ...threaded, elapsedMs: 0 }).toEqual({ ...result, elapsedMs: 0 });
  });

  test('a cascade cut off by its round limit says so', async () => {
    const cut = await analyse(sampleInputs({ assumptions: { ...sampleScenarioSet().cascade, maxRounds: 1 } }));
    expect(cut.cascade.hasConverged).toBe(false);
    expect(cut.statement.chain).toContain('It had not come to rest after 1 round.');
  });

  test('account equities add up to the book, and so do venues', () => {
    const sum = (values: readonly unknown[]): number =>
      values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : NaN), 0);
    expect(sum(result.accounts.map((each) => each.equityUsd))).toBeCloseTo(result.totals.equityUsd, 4);
    expect(sum(result.venues.map((each) => each.equityUsd))).toBeCloseTo(result.totals.equityUsd, 4);
    expect(sum(result.positions.map((each) => each.valueUsd))).toBeCloseTo(result.totals.equityUsd, 4);
  });

  test('first-round loss and second-round loss make the total, by account and in all', () => {
    const { cascade, surplus } = result;
    expect(Object.values(cascade.lossByAccountUsd).reduce((total, loss) => total + loss, 0)).toBeCloseTo(cascade.totalLossUsd, 4);
    expect(surplus.jointUsd).toBeCloseTo(cascade.totalLossUsd - cascade.firstRoundLossUsd, 6);
    expect(surplus.surplusUsd).toBeCloseTo(surplus.jointUsd - surplus.sumOfPartsUsd, 6);
  });

  test('the grid at no move and no shift is the book itself, and the cascade never helps on the way down', () => {
    for (const grid of result.grids) {
      const still = grid.spotMoves.indexOf(0);
      const row = grid.volatilityShifts.indexOf(0);
      expect(grid.firstRoundUsd[row]?.[still]).toBeCloseTo(0, 6);
      grid.spotMoves.forEach((move, col) => {
        if (move >= 0) return;
        grid.volatilityShifts.forEach((_, r) =>
          expect(grid.afterCascadeUsd[r]?.[col]).toBeLessThanOrEqual((grid.firstRoundUsd[r]?.[col] ?? NaN) + 1e-6),
        );
      });
    }
  });

  test('an account is worth the same on its curves at no move as now', () => {
    for (const each of result.accounts) {
      for (const curve of each.curves)
        expect(curve.excessUsd[curve.moves.indexOf(0)]).toBeCloseTo(typeof each.excessUsd === 'number' ? each.excessUsd : NaN, 4);
    }
  });

  test('loops are found by gain: what is borrowed over what is pledged, and the vault that lends to its own pledge', () => {
    const staking = result.network.loops.find((loop) => loop.name === 'staking loop of POOL-LOOP');
    expect(staking?.gain).toBeCloseTo((1090 * 2000) / (1000 * 1998 * 1.2), 9);
    expect(staking?.members).toEqual(['asset:ETH', 'asset:stETH', 'asset:wstETH', 'account:POOL-LOOP']);
    const vault = result.network.loops.find((loop) => loop.name === 'vault loop of ISO-S');
    expect(vault?.gain).toBeGreaterThan(0);
    expect(vault?.members).toContain('pool:isolated/share');
  });

  test('every fallen account says why, and who falls by the shock itself falls first', () => {
    expect(result.cascade.fallen.length).toBeGreaterThan(1);
    for (const fallen of result.cascade.fallen) {
      if (fallen.because === 'the shock itself') expect(fallen.round).toBe(1);
      else expect(fallen.causes.length).toBeGreaterThan(0);
      expect(account(result, fallen.accountId).fallsInRound).toBe(fallen.round);
    }
  });

  test('the statement counts the fallen and names the shock with a true minus and a thin space', () => {
    expect(result.statement.headline).toContain('fall together at ETH \u221220\u2009%, BTC \u221215\u2009%.');
    expect(result.statement.chain.startsWith('The chain: ')).toBe(true);
  });

  test('a stale price is named with its age, and assumptions name the model’s own', () => {
    expect(result.coverage.stale.map((each) => each.positionId)).toContain('p0');
    expect(result.coverage.pricedFraction).toBe(1);
    expect(result.assumptions.map((each) => each.id)).toEqual(expect.arrayContaining(['sample', 'sticky-strike', 'rounds', 'impact']));
  });
});

test('a debt without a price is a named failure of its account and not a number', async () => {
  const snapshot = sampleSnapshot(0);
  const result = await analyse(
    sampleInputs({ snapshot: { ...snapshot, quotes: snapshot.quotes.filter((quote) => quote.assetId !== 'DAI') } }),
  );
  expect(account(result, 'VAULT-1').excessUsd).toMatchObject({ reason: 'missingPrice' });
  expect(account(result, 'VAULT-1').state).toBe('danger');
  expect(result.coverage.unpriced).toEqual([{ positionId: 'p10', reason: 'no quote for DAI' }]);
  // Without an entry price either, it weighs like the average of those that have one.
  expect(result.coverage.pricedFraction).toBeCloseTo(result.coverage.priced / result.coverage.positions, 12);
  expect(analysisResult.safeParse(result).success).toBe(true);
});

test('a position without a price weighs its entry price in what share of the value is priced', async () => {
  const snapshot = sampleSnapshot(0);
  const contents = sampleContents();
  const positions = contents.positions.map((position) =>
    position.id === 'p10' ? { ...position, quantity: '-1000', entryPrice: '2' } : position,
  );
  const result = await analyse(
    sampleInputs({
      contents: { ...contents, positions },
      snapshot: { ...snapshot, quotes: snapshot.quotes.filter((quote) => quote.assetId !== 'DAI') },
    }),
  );
  const { grossUsd, pricedFraction } = result.coverage;
  expect(pricedFraction).toBeCloseTo(grossUsd / (grossUsd + 2000), 12);
});

test('the chain of an account names each asset once, however many positions hold it', async () => {
  const contents = sampleContents();
  const [first] = contents.positions;
  if (first === undefined) throw new Error('the sample has no position');
  const lots = Array.from({ length: 40 }, (_, lot) => ({ ...first, id: `lot-${lot}` }));
  const result = await analyse(sampleInputs({ contents: { ...contents, positions: [...contents.positions, ...lots] } }));
  const alone = await analyse(sampleInputs());
  const words = (analysis: AnalysisResult): number => analysis.network.chains[`account:${first.accountId}`]?.[0]?.split(' ').length ?? 0;
  expect(words(alone)).toBeGreaterThan(3);
  expect(words(result)).toBe(words(alone));
});

test('an empty book is analysed without a loss, a fall or a ratio', async () => {
  const contents = { ...sampleContents(), accounts: [], positions: [], pledges: [] };
  const result = await analyse(sampleInputs({ contents }));
  expect(analysisResult.safeParse(result).success).toBe(true);
  expect(result.totals.equityUsd).toBe(0);
  expect(result.surplus.ratio).toMatchObject({ reason: 'unsupported' });
  expect(JSON.stringify(result.leverageIndex.value)).toContain('has a fresh price');
  expect(result.cascade.fallen).toEqual([]);
});

test('without history there is a named failure and what to do', async () => {
  const result = await analyseBook(sampleInputs({ snapshot: { ...sampleSnapshot(0), history: [] } }), identity, engine);
  expect(result).toMatchObject({ ok: false, failure: { reason: 'missingPrice', remedy: 'Import daily prices.' } });
});

test('a small shock leaves everybody standing and says who is nearest', async () => {
  const result = await analyse(sampleInputs({ shock: { moves: { ETH: -0.001 }, volatilityShift: 0 } }));
  expect(result.cascade.fallen).toEqual([]);
  expect(result.statement.headline).toMatch(/^All eight accounts hold at ETH −0\.1.%\. The nearest is /);
});

test('one cascade alone gives what the whole analysis gives', async () => {
  const whole = await analyse(sampleInputs());
  const one = valueOf(await analyseCascade(sampleInputs(), engine.pool, engine));
  expect(one.cascade).toEqual(whole.cascade);
  expect(one.surplus).toEqual(whole.surplus);
});

test('cancelling is answered as cancelled', async () => {
  const result = await analyseBook(sampleInputs(), identity, { ...engine, signal: AbortSignal.abort() });
  expect(result).toMatchObject({ ok: false, failure: { reason: 'cancelled' } });
});

describe('the demo book', () => {
  let result: AnalysisResult;
  beforeAll(async () => {
    result = await analyse(demoInputs());
  });

  test('answers in the shape of the contract with every position priced', () => {
    const parsed = analysisResult.safeParse(result);
    expect(parsed.success ? [] : parsed.error.issues.slice(0, 5)).toEqual([]);
    expect(result.coverage.unpriced).toEqual([]);
  });

  test('names an account that is safe alone far beyond the shock and falls jointly in a later round', () => {
    const dragged = result.cascade.fallen.filter((fallen) => fallen.round > 1 && fallen.aloneMove !== null && fallen.aloneMove < -0.28);
    expect(dragged.map((fallen) => fallen.accountId)).toContain('MRP-1');
    expect(result.statement.headline).toContain('MRP-1, safe alone to \u221230.3\u2009%');
  });

  test('the joint loss in the second round is more than the sum of the venues alone', () => {
    expect(result.surplus.surplusUsd).toBeGreaterThan(0);
    expect(result.cascade.hasConverged).toBe(true);
  });

  test('the systemic leverage index is the noisy-or of its parts, and each part comes from the figure beside it', () => {
    const { leverageIndex, cascade, surplus, network } = result;
    const value = (id: string): number => {
      const part = leverageIndex.parts.find((each) => each.id === id)?.value;
      return typeof part === 'number' ? part : NaN;
    };
    expect(leverageIndex.value).toBeCloseTo(100 * (1 - ['L', 'A', 'X', 'K'].reduce((left, id) => left * (1 - value(id)) ** 0.25, 1)), 10);
    expect(1 / (1 - value('L'))).toBeCloseTo(Number(network.lookThrough.leverage), 10);
    expect(value('A')).toBeCloseTo(1 - cascade.firstRoundLossUsd / cascade.totalLossUsd, 10);
    expect(value('X')).toBeCloseTo(surplus.surplusUsd / surplus.jointUsd, 10);
    expect(value('K')).toBeGreaterThan(0.3);
    expect(leverageIndex.coverageFraction).toBeLessThan(1);
  });

  test('marks of options are those of the recorded chain', () => {
    const inputs = demoInputs();
    for (const position of result.positions) {
      const listing = inputs.snapshot.listings.find((each) => each.instrument.id === position.instrumentId);
      if (position.kind !== 'option' || listing === undefined || listing.mark === null || typeof position.mark !== 'number') continue;
      expect(Math.abs(position.mark - listing.mark), position.instrumentName).toBeLessThan(0.0006 + 0.01 * listing.mark);
    }
  });
});

test('the open book is analysed once: the second answer comes from memory, and the run is kept with its inputs', async () => {
  const demo = valueOf(readDemo(fileURLToPath(new URL('../../resources', import.meta.url))));
  const path = join(temporaryFolder(), 'demo.interlock');
  valueOf(createBook(path, demo)).close();
  const session = createSession({ announce: () => undefined });
  onTestFinished(session.close);
  valueOf(session.open(path));
  const services = createAnalysisServices(session, engine.pool);
  const context = { signal: engine.signal, progress: engine.progress };
  const first = valueOf(await services['analysis.run']({}, { ...context, runId: 'first' }));
  const second = valueOf(await services['analysis.run']({}, { ...context, runId: 'second' }));
  expect(second).toBe(first);
  const book = valueOf(session.book());
  expect(book.runs(10)).toMatchObject([{ id: 'first', topic: 'analysis', status: 'finished', inputsDigest: first.inputsDigest, seed: 7 }]);
  expect(decode(valueOf(book.run('first')).resultJson ?? '')).toEqual(first);
  const milder = valueOf(
    await services['analysis.run']({ shock: { moves: { ETH: -0.01 }, volatilityShift: 0 } }, { ...context, runId: 'third' }),
  );
  expect(milder.inputsDigest).not.toBe(first.inputsDigest);
  expect(milder.cascade.fallen).toEqual([]);
});
