import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportInputs } from '../../../main/contract/report-record.ts';
import { resourcesFolder } from '../../../main/hosts/folders.ts';
import { createInlinePool } from '../../../main/pool/inline-pool.ts';
import { computeReport, type ReportEngine } from '../../../main/services/reporting/compute-report.ts';
import { shippedDigest } from '../../../main/services/reporting/outlook/shipped-digest.ts';
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
const terms = {
  from: 'collateral' as const,
  cashUsd: 0,
  latencyMinutes: 30,
  missFraction: 0.2,
  keeperFeeFraction: 0.003,
  gasUsd: 25,
  slippageCapFraction: 0.02,
};
let inputs: ReportInputs;
let written: WrittenRecord;

beforeAll(async () => {
  const shipped = shippedDigest(resourcesFolder);
  if (!shipped.ok) throw new Error(shipped.failure.message);
  inputs = reportInputsOf({
    outlook: {
      shippedDigest: shipped.value,
      forecast: { alpha: 0.01, draws: 200, seed: 7, changes: [] },
      isJudged: false,
      orders: [{ accountId: 'B', objective: 'target', alpha: 0.01, draws: 100, seed: 7, terms }],
    },
  });
  const results = await computeReport(inputs, engine);
  if (!results.ok) throw new Error(results.failure.message);
  written = writeRecord(inputs, results.value);
}, 180_000);
afterAll(() => folder.remove());

function verify(name: string, bytes: Buffer | string): ReturnType<typeof verifyReport> {
  const path = join(folder.path, name);
  writeFileSync(path, bytes);
  return verifyReport({ path, name }, engine);
}

describe('a report that looks ahead', () => {
  it('is reproduced byte for byte, forecast and orders with it, as JSON, HTML and PDF', async () => {
    for (const format of ['json', 'html', 'pdf'] as const) {
      const verdict = await verify(`ahead.${format}`, await renderReport(format, written));
      if (!verdict.ok) throw new Error(verdict.failure.message);
      expect([format, verdict.value.difference]).toEqual([format, null]);
      expect(verdict.value.parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['Forecast', 'Trigger orders']));
    }
  }, 300_000);

  it('forecasts the book after the suggestion beside the book as it is, along the same paths', () => {
    const { outlook } = written.record.results;
    expect(outlook?.after?.accounts.map(({ accountId }) => accountId)).toEqual(
      outlook?.forecast?.accounts.map(({ accountId }) => accountId),
    );
    expect(outlook?.after?.accounts).not.toEqual(outlook?.forecast?.accounts);
    expect(outlook?.after?.factors).toEqual(outlook?.forecast?.factors);
  });

  it('names a forecast figure that was altered, by account and time', async () => {
    const horizon = written.record.results.outlook?.forecast?.accounts.find(({ accountId }) => accountId === 'A')?.horizons[1];
    const { value, from, to } = horizon?.headroomUsd ?? expect.fail('no forecast of account A');
    const place = `"headroomUsd":{"value":${value},"from":${from},"to":${to}}`;
    const at = written.text.indexOf(place, written.text.indexOf('"hours":24', written.text.indexOf('"accountId":"A","trouble"')));
    expect(at).toBeGreaterThan(0);
    const altered = `${written.text.slice(0, at)}${place.replace(`"value":${value}`, '"value":1234')}${written.text.slice(at + place.length)}`;
    const verdict = await verify('altered.json', altered);
    if (!verdict.ok) throw new Error(verdict.failure.message);
    expect(verdict.value.difference).toEqual({
      where: 'outlook.forecast.accounts[A].horizons[24 h].headroomUsd.value',
      inFile: '1234',
      recomputed: String(value),
    });
  }, 180_000);

  it('is refused by name where the recordings that ship are others', async () => {
    const { outlook } = inputs;
    const other = outlook === null ? null : { ...outlook, shippedDigest: '0'.repeat(64) };
    const results = await computeReport({ ...inputs, outlook: other }, engine);
    expect(results.ok ? null : [results.failure.reason, results.failure.message]).toEqual([
      'unsupported',
      'the forecasts of the report rest on recorded prices that this program does not ship',
    ]);
  }, 180_000);
});
