import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnalysisResult } from '../../main/contract/analysis.ts';
import type { CallContext } from '../../main/contract/contract.ts';
import { ruleSetComparison } from '../../main/contract/rule-set.ts';
import type { RuleEdit, RuleMeasures, RuleSetComparison, RuleSetRow } from '../../main/contract/rule-set.ts';
import type { Failure, Result } from '../../main/domain/failure.ts';
import { resourcesFolder } from '../../main/hosts/folders.ts';
import { createInlinePool } from '../../main/pool/inline-pool.ts';
import { analyseOpenBook } from '../../main/services/analysis.ts';
import { createBookServices } from '../../main/services/book.ts';
import { createRuleSetServices } from '../../main/services/rule-set.ts';
import { createSession } from '../../main/services/session.ts';
import { expectClose } from '../support/expect-close.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
const pool = createInlinePool();
const session = createSession({ announce: () => undefined });
const services = createRuleSetServices({ session, pool, resourcesFolder });
const context: CallContext = { signal: new AbortController().signal, progress: () => undefined, runId: 'rules' };
let analysis: AnalysisResult;

beforeAll(async () => {
  const opened = await createBookServices({ session, resourcesFolder, defaultFolder: folder.path })['book.openDemo']({}, context);
  if (!opened.ok) throw new Error(opened.failure.message);
  const run = await analyseOpenBook({ session, pool, input: {}, context });
  if (!run.ok) throw new Error(run.failure.message);
  analysis = run.value;
}, 60_000);
afterAll(() => {
  session.close();
  folder.remove();
});

function compare(accountId: string, edits: RuleEdit[] = []): Promise<Result<RuleSetComparison>> {
  return services['ruleSet.compare']({ accountId, edits }, context);
}

async function rowsOf(accountId: string, edits: RuleEdit[] = []): Promise<readonly RuleSetRow[]> {
  const compared = await compare(accountId, edits);
  if (!compared.ok) throw new Error(compared.failure.message);
  return ruleSetComparison.parse(compared.value).rows;
}

async function refusal(accountId: string, edit: RuleEdit): Promise<Failure> {
  const compared = await compare(accountId, [edit]);
  if (compared.ok) throw new Error(`${edit.key} of ${edit.value} was not refused`);
  return compared.failure;
}

function rowOf(rows: readonly RuleSetRow[], id: string): RuleSetRow {
  const row = rows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`no rule set ${id} among ${rows.map((each) => each.id).join(', ')}`);
  return row;
}

function measuresOf(rows: readonly RuleSetRow[], id: string): RuleMeasures {
  const { measures } = rowOf(rows, id);
  if (measures === null) throw new Error(`${id} was not judged`);
  return measures;
}

const num = (cell: unknown): number => (typeof cell === 'number' ? cell : NaN);
const valueOfPosition = (accountId: string, kind: string): number =>
  num(analysis.positions.find((each) => each.accountId === accountId && each.kind === kind)?.valueUsd);

describe('the rules in force', () => {
  test.each(['AAV-CORE', 'AAV-LOOP', 'MRP-1', 'MKR-A', 'CMP-1', 'BIN-USDM', 'DRB-ETH'])(
    'of %s measure what the analysis measured',
    async (id) => {
      const account = analysis.accounts.find((each) => each.accountId === id);
      const row = rowOf(await rowsOf(id), 'inForce');
      expect(row.status).toBe('in force');
      expect(row.measures).toMatchObject({
        requirementUsd: account?.maintenanceRequirementUsd,
        excessUsd: account?.excessUsd,
        healthFactor: account?.healthFactor,
        aloneMove: account?.aloneMove,
        jointMove: account?.jointMove,
        byDriver: account?.liquidationPoints.map(({ driver, downMove, upMove }) => ({ driver, downMove, upMove })),
      });
    },
  );

  test('carry the notes of the venue and their source', async () => {
    const row = rowOf(await rowsOf('AAV-CORE'), 'inForce');
    expect(row.notes.length).toBeGreaterThan(2);
    expect(row.source).toContain('on-chain configuration of 2023-10-31');
  });
});

describe('other rules, by hand', () => {
  test('a staked loop counts at 93 % under the mode as first recorded, at 81 % without it, where it falls at once', async () => {
    const rows = await rowsOf('AAV-LOOP');
    const collateral = valueOfPosition('AAV-LOOP', 'supplied');
    const debt = -valueOfPosition('AAV-LOOP', 'borrowed');
    expectClose({ actual: num(measuresOf(rows, 'inForce').resourcesUsd), expected: collateral * 0.95, rel: 1e-12 });
    expectClose({ actual: num(measuresOf(rows, 'change:emode-2023').resourcesUsd), expected: collateral * 0.93, rel: 1e-12 });
    expectClose({ actual: num(measuresOf(rows, 'mode:none').healthFactor), expected: (collateral * 0.81) / debt, rel: 1e-12 });
    expectClose({ actual: num(measuresOf(rows, 'inForce').availableBorrowUsd), expected: collateral * 0.93 - debt, rel: 1e-9 });
    expect(rowOf(rows, 'mode:none').status).toBe('falls at once');
    expect(measuresOf(rows, 'mode:none').aloneMove).toBe(0);
    expect(rowOf(rows, 'change:emode-2023').why.replaceAll('\u2009', ' ')).toBe(
      'eMode 1 loan-to-value 93 % → 90 %, eMode 1 threshold 95 % → 93 %.',
    );
  });

  test('a change after the snapshot is announced with its date, and says so where it changes nothing', async () => {
    const row = rowOf(await rowsOf('AAV-LOOP'), 'change:emode-2026-09');
    expect(row.status).toBe('announced for 2026-09-16');
    expect(row.why).toBe('The values are those in force: nothing changes.');
  });

  test('a mode in which a debt cannot be borrowed is not eligible, and the debt is named', async () => {
    const row = rowOf(await rowsOf('AAV-CORE'), 'mode:emode:1');
    expect(row).toMatchObject({ status: 'not eligible', why: 'USDC not borrowable in this eMode', measures: null });
    expect(row.findings).toContainEqual({ kind: 'notInMode', isBlocking: true, text: 'USDC not borrowable in this eMode' });
  });

  test('an isolated market moved to the pool counts at the threshold of the pool, and can borrow by its loan-to-value', async () => {
    const rows = await rowsOf('MRP-1');
    const collateral = valueOfPosition('MRP-1', 'supplied');
    const debt = -valueOfPosition('MRP-1', 'borrowed');
    const moved = measuresOf(rows, 'venue:aave:');
    expectClose({ actual: num(moved.resourcesUsd), expected: collateral * 0.81, rel: 1e-12 });
    expectClose({ actual: num(moved.availableBorrowUsd), expected: collateral * 0.785 - debt, rel: 1e-9 });
    expect(Math.abs(moved.aloneMove ?? 0)).toBeLessThan(Math.abs(measuresOf(rows, 'inForce').aloneMove ?? 0));
  });

  test('a loop moved to Compound III holds by its liquidate factor, but the borrow factor would not lend as much', async () => {
    const rows = await rowsOf('AAV-LOOP');
    const row = rowOf(rows, 'venue:compound:weth');
    const collateral = valueOfPosition('AAV-LOOP', 'supplied');
    const debt = -valueOfPosition('AAV-LOOP', 'borrowed');
    expect(row.status).toBe('lends too little');
    expectClose({ actual: num(row.measures?.healthFactor), expected: (collateral * 0.93) / debt, rel: 1e-12 });
    expectClose({ actual: num(row.measures?.availableBorrowUsd), expected: collateral * 0.9 - debt, rel: 1e-9 });
    expect(row.measures?.interestDays).toMatchObject({ reason: 'missingPrice' });
  });

  test('margin in an asset that another venue does not take is named', async () => {
    expect(rowOf(await rowsOf('BIN-USDM'), 'venue:hyperliquid:')).toMatchObject({ status: 'not eligible', why: 'USDT is no margin here' });
  });

  test('custody has one row and nothing to edit', async () => {
    const compared = await compare('CST-1');
    expect(compared.ok && [compared.value.rows.length, compared.value.editable]).toEqual([1, []]);
  });

  test('every status has at most four words', async () => {
    for (const { accountId } of analysis.accounts) {
      for (const row of await rowsOf(accountId)) expect(row.status.split(' ').length).toBeLessThanOrEqual(4);
    }
  });
});

describe('an edited rule', () => {
  test('is judged for everybody at the venue and called hypothetical', async () => {
    const rows = await rowsOf('AAV-CORE', [{ key: 'threshold:wstETH', value: 0.79 }]);
    const row = rowOf(rows, 'edited:threshold:wstETH:0.79');
    expect(row).toMatchObject({ kind: 'edited', status: 'hypothetical' });
    expectClose({ actual: num(row.measures?.resourcesUsd), expected: valueOfPosition('AAV-CORE', 'supplied') * 0.79, rel: 1e-12 });
  });

  test.each([
    ['AAV-CORE', 'threshold:wstETH', 0.99, 'Threshold of wstETH of 0.99 is out of range'],
    ['AAV-CORE', 'threshold:wstETH', 1.5, 'Threshold of wstETH of 1.5 is out of range'],
    ['AAV-CORE', 'closeFactor', -1, 'Close factor of -1 is out of range'],
    ['MRP-1', 'lltv', 1, 'LLTV of wstETH of 1 is out of range'],
    ['MKR-A', 'ratio', 1.05, 'Liquidation ratio of ETH-A of 1.05 is out of range'],
    ['MKR-A', 'auctionLimit', 100, 'Auction limit of ETH-A of 100 is out of range'],
    ['CMP-1', 'borrowFactor:WBTC', 0.9, 'Borrow factor of WBTC of 0.9 is out of range'],
    ['BIN-USDM', 'maintenance:BTC', 0.9, 'Maintenance of BTC, tier 1 of 0.9 is out of range'],
    ['MRP-1', 'dance', 1, 'Morpho has no rule dance that reaches this account'],
  ])('of %s, %s = %d, is refused by name', async (accountId, key, value, message) => {
    const failure = await refusal(accountId, { key, value });
    expect(failure.reason).toBe('invalidValue');
    expect(failure.message).toContain(message);
  });

  test('raises the limit when the threshold rises, whatever the family', async () => {
    const cases: [string, string, number][] = [
      ['AAV-LOOP', 'threshold:mode', 0.96],
      ['MRP-1', 'lltv', 0.9],
      ['MKR-A', 'ratio', 1.4],
      ['CMP-1', 'liquidateFactor:WBTC', 0.8],
    ];
    for (const [accountId, key, value] of cases) {
      const rows = await rowsOf(accountId, [{ key, value }]);
      expect(num(measuresOf(rows, `edited:${key}:${value}`).excessUsd)).toBeGreaterThan(num(measuresOf(rows, 'inForce').excessUsd));
    }
  });

  test('of a margin rate raises what is used, and the tiers stay continuous', async () => {
    const rows = await rowsOf('BIN-USDM', [{ key: 'maintenance:BTC', value: 0.0045 }]);
    expect(num(measuresOf(rows, 'edited:maintenance:BTC:0.0045').requirementUsd)).toBeGreaterThan(
      num(measuresOf(rows, 'inForce').requirementUsd),
    );
  });
});

test('an account that is not in the book is named, and the known ones are listed', async () => {
  const compared = await compare('NOBODY');
  expect(compared.ok ? null : compared.failure).toMatchObject({ reason: 'notFound', message: 'the book has no account NOBODY' });
});
