import { afterEach, describe, expect, it } from 'vitest';
import { timeLeftMs, useRuns } from '../../../renderer/client/run-progress.ts';

const { begin, end, hear } = useRuns.getState();
const run = (id: string) => useRuns.getState().runs.get(id);

afterEach(() => {
  for (const id of useRuns.getState().runs.keys()) end(id);
});

describe('runs under way', () => {
  it('are known from the moment they are asked for', () => {
    begin('analysis-1', 'analysis');
    expect(run('analysis-1')).toMatchObject({ topic: 'analysis', phase: 'starting', done: 0 });
    expect(useRuns.getState().own.get('analysis')).toBe('analysis-1');
  });

  it('keep their start while they report', () => {
    begin('analysis-1', 'analysis');
    const startedMs = run('analysis-1')?.startedMs;
    hear({ type: 'run.progress', runId: 'analysis-1', topic: 'analysis', phase: 'cascade', done: 40, total: 100 });
    expect(run('analysis-1')).toMatchObject({ phase: 'cascade', done: 40, total: 100, startedMs });
  });

  it('of another window are shown too, and go when they end', () => {
    hear({ type: 'run.progress', runId: 'hedge-9', topic: 'hedge', phase: 'solve', done: 1, total: 2 });
    expect(run('hedge-9')).toBeDefined();
    hear({ type: 'run.finished', runId: 'hedge-9', topic: 'hedge', status: 'cancelled', failure: null });
    expect(run('hedge-9')).toBeUndefined();
  });
});

describe('time left', () => {
  const progress = { runId: 'r', topic: 't', phase: 'p', done: 25, total: 100, startedMs: 0, nowMs: 1000 };

  it('goes by the pace so far', () => {
    expect(timeLeftMs(progress)).toBe(3000);
  });

  it('is not told before there is a pace', () => {
    expect(timeLeftMs({ ...progress, done: 0 })).toBeNull();
    expect(timeLeftMs({ ...progress, nowMs: 100 })).toBeNull();
    expect(timeLeftMs({ ...progress, done: 100 })).toBeNull();
  });
});
