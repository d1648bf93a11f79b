import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../main/contract/explain.ts';
import type { Result } from '../../main/domain/failure.ts';
import { createExplainServices } from '../../main/services/explain.ts';
import { createSession } from '../../main/services/session.ts';
import { sampleAnalysis } from '../support/sample-analysis.ts';
import { sampleBlotter, sampleWhatIf } from '../support/sample-what-if.ts';

const context = { signal: new AbortController().signal, progress: () => undefined, runId: 'explain-test' };
const session = createSession({ announce: () => undefined });
session.analysis.set('sample', sampleAnalysis);
session.whatIf.set(sampleWhatIf.told.id, sampleWhatIf);
session.blotter.set('told', sampleBlotter);
const services = createExplainServices(session);

function explain(metric: string, subjectId: string): Promise<Result<Explanation>> {
  return services['explain.number']({ metric, subjectId }, context);
}

async function answer(metric: string, subjectId: string): Promise<Explanation> {
  const found = await explain(metric, subjectId);
  if (!found.ok) throw new Error(`${metric}: ${found.failure.message}`);
  return found.value;
}

describe('a figure of a hypothetical book or a ticket', () => {
  test('is told against the live book, with its market and its edits', async () => {
    const value = await answer('whatIf.equityUsd', 'what-if-1');
    expect(value.subject).toBe('Trial (hypothetical)');
    expect(value.worked).toMatch(/ live, a change of −2,000,000 USD$/);
    expect(value.inputs.map(({ name }) => name)).toEqual(['live', 'market', 'edit 1', 'edit 2']);
    expect(value.notes.join(' ')).toContain('The live book has changed since');
  });

  test('says so while its cascades are older than its last edit, and not where they are not', async () => {
    const old = 'Of the book before its last edit';
    expect((await answer('whatIf.expectedShortfallUsd', 'what-if-1')).notes.join(' ')).toContain(old);
    expect((await answer('whatIf.accounts.jointMove', 'what-if-1 MKR-A')).notes.join(' ')).toContain(old);
    for (const metric of ['whatIf.costUsd', 'whatIf.equityUsd'])
      expect((await answer(metric, 'what-if-1')).notes.join(' ')).not.toContain(old);
  });

  test('of a book that is gone, or an account it does not have, says what to do', async () => {
    expect(await explain('whatIf.equityUsd', 'what-if-9')).toMatchObject({ ok: false, failure: { reason: 'notFound' } });
    expect(await explain('whatIf.accounts.excessUsd', 'what-if-1 NO-SUCH')).toMatchObject({
      ok: false,
      failure: { message: 'account NO-SUCH of Trial is not in the last result' },
    });
  });

  test('of a ticket says what its limit was made from, and why there is none', async () => {
    expect((await answer('blotter.limitPrice', 'ticket-1')).worked).toBe('bid 1881 at 2026-02-05T21:29:37Z less 1 % = 1862.2 USDC');
    expect((await answer('blotter.limitPrice', 'ticket-2')).value).toMatchObject({
      message: 'one asset is moved as it is: no price applies',
    });
    expect((await answer('blotter.averagePrice', 'ticket-2')).value).toMatchObject({ reason: 'unsupported' });
  });
});
