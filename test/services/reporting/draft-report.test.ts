import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourcesFolder } from '../../../main/hosts/folders.ts';
import { createSession } from '../../../main/services/session.ts';
import { draftReport } from '../../../main/services/reporting/draft-report.ts';
import { sampleAnalysis } from '../../support/sample-analysis.ts';
import { sampleHedge } from '../../support/sample-hedge.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';
import { reportInputsOf } from './report-desk.ts';

const folder = makeTemporaryFolder();
const session = createSession({ announce: () => undefined });
const draft = () => draftReport({ session, resourcesFolder });

beforeAll(() => {
  const { contents, snapshot, scenarioSet } = reportInputsOf();
  const path = join(folder.path, 'desk.interlock');
  const created = session.create(path, {
    contents,
    snapshot,
    scenarioSets: [scenarioSet],
    activeScenarioSetId: scenarioSet.id,
    notes: [],
  });
  if (!created.ok) throw new Error(created.failure.message);
});
afterAll(() => {
  session.close();
  folder.remove();
});

describe('the draft of a report', () => {
  it('needs an analysis, and says so', async () => {
    const told = await draft();
    expect(told.ok ? null : told.failure.remedy).toBe('Run the analysis first.');
  });

  it('shows what is at hand and names what is not, with nothing to sign on and no record', async () => {
    session.analysis.set('sample', sampleAnalysis);
    const alone = await draft();
    if (!alone.ok) throw new Error(alone.failure.message);
    expect(alone.value.pending).toEqual(['survival of the legs', 'outside numbers']);
    expect(alone.value.html).toContain('id="requirements"');
    expect(alone.value.html).not.toMatch(/class="signatures"|<template|id="actions"/);
    expect(alone.value.html).toContain('<code>draft · book');
  });

  it('has the actions as soon as there is a suggestion, and says what is still tried on it', async () => {
    session.analysis.set('sample', sampleAnalysis);
    session.hedge.set('sample', sampleHedge);
    const told = await draft();
    if (!told.ok) throw new Error(told.failure.message);
    expect(told.value.html).toContain('id="actions"');
    expect(told.value.html).not.toContain('id="risks"');
    expect(told.value.pending).toContain('assumptions moved');
  });
});
