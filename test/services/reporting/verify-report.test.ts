import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportVerdict } from '../../../main/contract/reporting.ts';
import type { Failure, Result } from '../../../main/domain/failure.ts';
import { resourcesFolder } from '../../../main/hosts/folders.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { recordIn } from '../../../main/reporting/carried-record.ts';
import { ENGINE_VERSION } from '../../../main/services/analysis.ts';
import { computeReport, type ReportEngine } from '../../../main/services/reporting/compute-report.ts';
import { renderReport } from '../../../main/services/reporting/render-report.ts';
import { writeRecord, type WrittenRecord } from '../../../main/services/reporting/report-record.ts';
import { verifyReport } from '../../../main/services/reporting/verify-report.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';
import { reportInputsOf } from './report-desk.ts';

const engine: ReportEngine = {
  pool: createInlinePool(),
  resourcesFolder,
  context: { signal: new AbortController().signal, progress: () => undefined },
};
const folder = makeTemporaryFolder();
let written: WrittenRecord;

beforeAll(async () => {
  const inputs = reportInputsOf();
  const results = await computeReport(inputs, engine);
  if (!results.ok) throw new Error(results.failure.message);
  written = writeRecord(inputs, results.value);
}, 120_000);

afterAll(() => folder.remove());

type Verified = Result<Omit<ReportVerdict, 'isOpenBook'>>;

/** Verifies these bytes as a file of that name. */
function verify(name: string, bytes: Buffer | string): Promise<Verified> {
  const path = join(folder.path, name);
  writeFileSync(path, bytes);
  return verifyReport({ path, name }, engine);
}

async function verdictOf(name: string, bytes: Buffer | string): Promise<Omit<ReportVerdict, 'isOpenBook'>> {
  const verified = await verify(name, bytes);
  if (!verified.ok) throw new Error(verified.failure.message);
  return verified.value;
}

async function failureOf(name: string, bytes: Buffer | string): Promise<Failure> {
  const verified = await verify(name, bytes);
  return verified.ok ? expect.fail(verified.value.statement) : verified.failure;
}

describe('a written report', () => {
  it('is reproduced byte for byte from what it carries, as JSON, HTML and PDF', async () => {
    for (const format of ['json', 'html', 'pdf'] as const) {
      const verdict = await verdictOf(`report.${format}`, await renderReport(format, written));
      expect([format, verdict.difference, verdict.isReproduced]).toEqual([format, null, true]);
      expect(verdict.recordDigest).toBe(written.digest);
    }
  }, 180_000);

  it('carries the same record in every format', async () => {
    for (const format of ['html', 'pdf'] as const) {
      const carried = recordIn(await renderReport(format, written), format) ?? '';
      expect(JSON.parse(carried)).toEqual(JSON.parse(written.text));
    }
  }, 180_000);

  it('names the figure that was altered, its value in the file and the one that follows', async () => {
    const equity = written.record.results.analysis.totals.equityUsd;
    const text = written.text.replace(`"equityUsd":${equity},"grossUsd"`, `"equityUsd":${equity + 1},"grossUsd"`);
    expect(text).not.toBe(written.text);
    const { difference, isReproduced, statement } = await verdictOf('altered.json', text);
    expect(isReproduced).toBe(false);
    expect(difference).toEqual({ where: 'analysis.totals.equityUsd', inFile: String(equity + 1), recomputed: String(equity) });
    expect(statement).toContain('analysis.totals.equityUsd');
  });

  it('names the account whose figure was altered, not its place in a list', async () => {
    const [, second] = written.record.results.analysis.accounts;
    const named = (name: string): string => `"accountId":"${second?.accountId}","name":"${name}"`;
    const text = written.text.replace(named(second?.name ?? ''), named('Another'));
    expect(text).not.toBe(written.text);
    const { difference } = await verdictOf('account.json', text);
    expect(difference?.where).toBe(`analysis.accounts[${second?.accountId}].name`);
  });

  it('names the section of a page whose words were altered though its record was not', async () => {
    const page = (await renderReport('html', written)).toString();
    const altered = page.replace('>Definitions ', '>Definition ');
    expect(altered).not.toBe(page);
    expect((await verdictOf('altered.html', altered)).difference?.where).toMatch(/^section definitions, character \d+$/);
  });

  it('finds a space more in a JSON file', async () => {
    expect((await verdictOf('space.json', `${written.text} `)).difference?.where).toMatch(/^character \d+$/);
  });

  it('finds a PDF page of another report around the same record', async () => {
    const other = writeRecord(written.record.inputs, {
      ...written.record.results,
      analysis: { ...written.record.results.analysis, statement: { headline: 'All is well.', chain: 'Nothing falls.' } },
    });
    const forged = await renderReport('pdf', { ...other, text: written.text, digest: written.digest });
    const { difference, isReproduced } = await verdictOf('forged.pdf', forged);
    expect(isReproduced).toBe(false);
    expect(difference?.where).toMatch(/PDF/);
  }, 180_000);

  it('is taken for the same when its pages are only packed differently', async () => {
    const pdf = await renderReport('pdf', written);
    const { repacked, streams } = repack(pdf);
    expect(streams).toBeGreaterThan(3);
    expect(repacked.equals(pdf)).toBe(false);
    expect((await verdictOf('repacked.pdf', repacked)).difference).toBeNull();
  }, 180_000);
});

describe('a file that cannot be computed again', () => {
  it('of another engine is refused by both versions', async () => {
    const failure = await failureOf('engine.json', written.text.replace(`"engineVersion":"${ENGINE_VERSION}"`, '"engineVersion":"9.9.9"'));
    expect(failure.reason).toBe('unsupported');
    expect(failure.message).toContain(`computed by engine 9.9.9; this program has engine ${ENGINE_VERSION}`);
  });

  it('without its book says that the book is missing', async () => {
    const record = JSON.parse(written.text) as { inputs: Record<string, unknown> };
    delete record.inputs['contents'];
    const failure = await failureOf('bookless.json', JSON.stringify(record));
    expect([failure.reason, failure.message]).toEqual(['notFound', expect.stringContaining('holds no book')]);
  });

  it('with an altered book, market, scenario set or request says which of them', async () => {
    const altered = async (from: string, to: string): Promise<string> => {
      const text = written.text.replace(from, to);
      expect(text).not.toBe(written.text);
      return (await failureOf('altered.json', text)).message;
    };
    const { contents, snapshot } = written.record.inputs;
    expect(await altered(`"quantity":"${contents.positions[0]?.quantity}"`, '"quantity":"77"')).toContain(
      'the book in the record was altered',
    );
    expect(await altered(`"name":"${snapshot.name}"`, '"name":"Noon"')).toContain('the market snapshot in the record was altered');
    expect(await altered('"confidence":0.95', '"confidence":0.9')).toContain('the scenario set in the record was altered');
    expect(await altered('"budgetUsd":500000', '"budgetUsd":7')).toContain('the request in the record was altered');
  });

  it('that was cut off, is no report, or holds no record is named for what it is', async () => {
    expect((await failureOf('cut.json', written.text.slice(0, -100))).message).toContain('was cut off');
    expect((await failureOf('table.csv', 'a,b\r\n1,2\r\n')).message).toContain('table.csv carries no record');
    expect((await failureOf('page.html', '<!doctype html><p>hello')).message).toContain('carries no record');
    const missing = await verifyReport({ path: join(folder.path, 'nowhere.pdf'), name: 'nowhere.pdf' }, engine);
    expect(missing.ok ? null : missing.failure.reason).toBe('notFound');
  });
});

describe('what a report carries', () => {
  it('holds no path, no clock time and no run id', () => {
    expect(written.text).not.toContain(folder.path);
    expect(written.text).toContain('"runId":"report"');
    expect(written.text.match(/"elapsedMs":(\d+)/g)?.every((each) => each === '"elapsedMs":0')).toBe(true);
  });

  it('tells of the assumptions whose break costs most first', () => {
    const changes = written.record.results.hedge?.sensitivities.map(({ changeUsd }) => changeUsd) ?? [];
    expect(changes.length).toBeGreaterThanOrEqual(6);
    expect(changes).toEqual(changes.toSorted((a, b) => b - a));
  });

  it('has the outside numbers that ship with the program, all of which agree', () => {
    const { golden } = written.record.results;
    expect(golden.cases).toBeGreaterThan(100);
    expect(golden.passed).toBe(golden.cases);
  });
});

/** The same PDF with its packed streams stored at another level; places and lengths made right by shifting nothing but them. */
function repack(pdf: Buffer): { readonly repacked: Buffer; readonly streams: number } {
  const parts: Buffer[] = [];
  let from = 0;
  let streams = 0;
  const text = pdf.toString('latin1');
  for (const match of text.matchAll(/\/Length (\d+)\n\/Filter \/FlateDecode\n>>\nstream\n/g)) {
    const start = match.index + match[0].length;
    const packed = pdf.subarray(start, start + Number(match[1]));
    const again = deflateSync(inflateSync(packed), { level: 0 });
    parts.push(pdf.subarray(from, match.index), Buffer.from(match[0].replace(/\d+/, String(again.length))), again);
    from = start + packed.length;
    streams += 1;
  }
  return { repacked: Buffer.concat([...parts, pdf.subarray(from)]), streams };
}
