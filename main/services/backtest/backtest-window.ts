import type { BacktestStrategy, BacktestWindow, Comparison } from '../../contract/backtest.ts';
import { succeed, type Result } from '../../domain/failure.ts';
import type { RecordedWindow } from '../../domain/recorded-window.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { instantOf } from '../replay/account-verdicts.ts';
import { preparePath } from '../replay/replay-book.ts';
import type { ReplayWork } from '../replay/run-path.ts';
import { windowSummaryOf } from '../replay/window-summary.ts';
import { backtestWords } from './backtest-words.ts';
import type { BacktestWork } from './backtest-work.ts';
import { standing, standingWords } from './compare.ts';
import { keptExposure, realisedFigures, resample, RESAMPLING, surerFraction, type Changes } from './figures.ts';
import { runStrategy, type StrategyRun } from './run-strategy.ts';
import { decisionBars, lossBars } from './schedule.ts';
import { baselines, BUDGET_SHARE, budgetedProgram, doNothing, program } from './strategies.ts';

/** What a window is backtested with besides the book and the window. */
export type BacktestTerms = {
  /** Recorded daily closes; each decision sees those of earlier days only. */
  readonly history: Snapshot['history'];
  readonly confidence: number;
  readonly everyHours: number;
  readonly seed: number;
};

/** Leads every strategy along a window, and holds them against each other. */
export async function backtestWindow(work: ReplayWork, window: RecordedWindow, terms: BacktestTerms): Promise<Result<BacktestWindow>> {
  const started = performance.now();
  const prepared = await preparePath(work, window);
  if (!prepared.ok) return prepared;
  const { path, treatments } = prepared.value;
  const inputs: BacktestWork = { ...work, path, history: terms.history, confidence: terms.confidence };
  const runs = await runAll(inputs, decisionBars(window, terms.everyHours));
  if (!runs.ok) return runs;
  const losses = lossBars(window);
  const draws = resample(losses.bars.length - 1, losses.hours, terms.seed);
  const times = losses.bars.map((bar) => instantOf(path.endMs[bar] ?? 0));
  const instantAt = (bar: number): string => instantOf(path.endMs[bar] ?? 0);
  const asIs = changesOf(runs.value[0], losses.bars);
  const changes = runs.value.map((run): Changes => ({ own: changesOf(run, losses.bars), asIs }));
  const strategies = runs.value.map((run, i): BacktestStrategy => {
    const own = changes[i] ?? { own: asIs, asIs };
    return {
      ...strategyRow(run, losses.bars, { instantAt, daysOfBar: window.intervalMinutes / 1440 }),
      ...realisedFigures(own, draws, terms.confidence),
      keptExposureFraction: keptExposure(own),
    };
  });
  const told = {
    basis: path.basis,
    decisionHours: terms.everyHours,
    confidence: terms.confidence,
    lossHours: losses.hours,
    strategies,
    comparisons: comparisonsOf(strategies, changes, { draws, confidence: terms.confidence }),
  };
  return succeed({
    ...told,
    ...backtestWords({ ...told, reference: work.inputs.scenarioSet.reference }, treatments),
    bookName: work.inputs.contents.name,
    window: windowSummaryOf(window),
    draws: RESAMPLING.draws,
    times,
    elapsedMs: performance.now() - started,
  });
}

/** The book left as it is first; the small budget last, because the program's first decision sets it. */
async function runAll(work: BacktestWork, bars: readonly number[]): Promise<Result<StrategyRun[]>> {
  const runs: StrategyRun[] = [];
  for (const strategy of [doNothing, ...baselines, program]) {
    const run = await runStrategy(work, strategy, bars);
    if (!run.ok) return run;
    runs.push(run.value);
  }
  const firstCostUsd = runs.at(-1)?.decisions[0]?.costUsd ?? 0;
  const budgeted = await runStrategy(work, budgetedProgram(BUDGET_SHARE * firstCostUsd), bars);
  return budgeted.ok ? succeed([...runs, budgeted.value]) : budgeted;
}

function changesOf(run: StrategyRun | undefined, bars: readonly number[]): Float64Array {
  const equity = run?.equityUsd ?? new Float64Array(0);
  return Float64Array.from({ length: bars.length - 1 }, (_, i) => (equity[bars[i + 1] ?? -1] ?? NaN) - (equity[bars[i] ?? -1] ?? NaN));
}

type Row = Omit<BacktestStrategy, keyof ReturnType<typeof realisedFigures> | 'keptExposureFraction'>;

type Clock = { readonly instantAt: (bar: number) => string; readonly daysOfBar: number };

function strategyRow(run: StrategyRun, bars: readonly number[], { instantAt, daysOfBar }: Clock): Row {
  const { strategy, decisions, liquidations, equityUsd } = run;
  const sum = (of: 'costUsd' | 'premiumUsd' | 'turnoverUsd' | 'movedUsd'): number => decisions.reduce((total, each) => total + each[of], 0);
  return {
    ...strategy,
    liquidations: liquidations.map(({ bar, ...each }) => ({ ...each, at: instantAt(bar) })),
    costUsd: sum('costUsd'),
    premiumUsd: sum('premiumUsd'),
    turnoverUsd: sum('turnoverUsd'),
    movedUsd: sum('movedUsd'),
    unchargedDecayUsd: unchargedDecay(run, daysOfBar),
    gainUsd: (equityUsd.at(-1) ?? NaN) - (equityUsd[0] ?? NaN),
    decisions: decisions.map(({ bar, actions, notes, ...each }) => ({
      ...each,
      at: instantAt(bar),
      actions: [...actions],
      notes: [...notes],
    })),
    equityUsd: bars.map((bar) => equityUsd[bar] ?? NaN),
  };
}

/** Decay of what is held after each decision over the days to the next one, or to the end. */
function unchargedDecay({ decisions, equityUsd }: StrategyRun, daysOfBar: number): number {
  return decisions.reduce((sum, { bar, decayUsdPerDay }, i) => {
    const until = decisions[i + 1]?.bar ?? equityUsd.length - 1;
    return sum + decayUsdPerDay * (until - bar) * daysOfBar;
  }, 0);
}

/** The program against doing nothing and each baseline. */
function comparisonsOf(
  strategies: readonly BacktestStrategy[],
  changes: readonly Changes[],
  terms: { readonly draws: readonly Int32Array[]; readonly confidence: number },
): Comparison[] {
  const at = strategies.findIndex((each) => each.id === program.id);
  const own = strategies[at];
  const ownChanges = changes[at]?.own;
  if (own === undefined || ownChanges === undefined) return [];
  return strategies.slice(0, at).map((other, i): Comparison => {
    const verdict = standing(own, other);
    return {
      strategyId: other.id,
      ...verdict,
      surerFraction: surerFraction(ownChanges, changes[i]?.own ?? ownChanges, terms),
      sentence: standingWords(own, other, verdict),
    };
  });
}
