import { describe, expect, it } from 'vitest';
import { importFormat, type ImportPreview, importRowState } from '../../../../main/contract/importing.ts';
import { formatTitles } from '../../../../renderer/features/importing/import-formats.ts';
import { currentStep } from '../../../../renderer/features/importing/import-steps.tsx';
import { rowStates, stateOrder } from '../../../../renderer/features/importing/row-states.tsx';
import type { ImportState } from '../../../../renderer/features/importing/use-import.ts';

const preview: ImportPreview = {
  previewId: 'p',
  fileName: 'a.csv',
  format: 'interlock-csv',
  layout: 'Interlock CSV',
  encoding: 'UTF-8, comma',
  columns: ['quantity'],
  headerDigest: 'c41e09',
  rows: 1,
  counts: { new: 0, changed: 0, unchanged: 0, asked: 1, rejected: 0 },
  sample: [],
  questions: [{ id: 'decimalSign', text: 'which sign is decimal?', lines: [2], choices: [] }],
  failures: [],
  positionsAfter: 1,
  pricedRows: 0,
  pricedValueFraction: 0,
  canCommit: false,
};
const start: ImportState = { source: null, format: 'auto', answers: {}, questions: [], preview: null, failure: null, written: null };
const read: ImportState = { ...start, source: { path: 'a.csv' }, preview, questions: preview.questions };

describe('the steps of an import', () => {
  it('go from file to layout to questions to preview to written', () => {
    expect(currentStep(start)).toBe(0);
    expect(currentStep({ ...start, source: { path: 'a.csv' } })).toBe(1);
    expect(currentStep(read)).toBe(2);
    expect(currentStep({ ...read, answers: { decimalSign: 'comma' } })).toBe(3);
    expect(
      currentStep({
        ...read,
        answers: { decimalSign: 'comma' },
        written: { runId: 'r', rowsWritten: 1, rowsRejected: 0, positions: 1, summary: '' },
      }),
    ).toBe(5);
  });
});

describe('words of the import', () => {
  it('exist for every layout and every state of a row', () => {
    expect(Object.keys(formatTitles)).toEqual(importFormat.options);
    expect(stateOrder).toEqual(importRowState.options);
    expect(Object.keys(rowStates)).toEqual(importRowState.options);
  });
});
