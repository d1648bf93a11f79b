import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badFiles } from './bad-files.ts';
import { openDesk, type Counts, type Desk } from './import-desk.ts';

const NONE: Counts = { new: 0, changed: 0, unchanged: 0, asked: 0, rejected: 0 };

describe('a file of every bad class', () => {
  let desk: Desk;
  let digest: string;
  beforeAll(() => {
    desk = openDesk();
    digest = desk.book().digest();
  });
  afterAll(() => desk.close());

  it.each(badFiles)('$name', async ({ name, content, expected, answers }) => {
    const preview = await desk.preview(desk.file(`${name.replaceAll(/[^a-z0-9]+/gi, '-')}.csv`, content), answers);
    if ('refused' in expected) {
      expect(preview).toMatchObject({ ok: false });
      if (preview.ok) return;
      expect(preview.failure.message).toContain(expected.refused);
      if (expected.line !== undefined) expect(preview.failure.where?.line).toBe(expected.line);
      if (expected.column !== undefined) expect(preview.failure.where?.column).toBe(expected.column);
    } else {
      expect(preview).toMatchObject({ ok: true });
      if (!preview.ok) return;
      const { counts, sample, encoding, rows: count } = preview.value;
      expect(counts).toEqual({ ...NONE, ...expected.counts });
      expect(Object.values(counts).reduce((sum, part) => sum + part, 0)).toBe(count);
      const problems = sample.filter((row) => row.state === 'asked' || row.state === 'rejected');
      expect(problems.map((row) => [row.line, row.column])).toEqual((expected.problems ?? []).map(([line, column]) => [line, column]));
      for (const [index, row] of problems.entries()) expect(row.reason).toContain(expected.problems?.[index]?.[2]);
      if (expected.encoding !== undefined) expect(encoding).toBe(expected.encoding);
    }
    expect(desk.book().digest()).toBe(digest);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
