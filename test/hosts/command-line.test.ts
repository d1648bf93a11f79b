import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { table } from '../../main/hosts/cli/table.ts';
import { typed as run } from '../support/typed-command.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const folder = makeTemporaryFolder();
const book = join(folder.path, 'desk.interlock');

beforeAll(async () => {
  process.env['INTERLOCK_DATA'] = join(folder.path, 'data');
  expect((await run(['call', 'book.openDemo', JSON.stringify({ path: book })])).code).toBe(0);
});
afterAll(folder.remove);

describe('wrong usage ends with 2 and says what is wrong', () => {
  test.each<[string, string[], string]>([
    ['an unknown verb', ['dance'], "unknown command 'dance'"],
    ['no verb at all', [], 'Usage: interlock'],
    ['a missing option', ['analyze'], '--book'],
    ['an unknown option', ['book', 'info', '--bok', book], '--bok'],
    ['no book file', ['book', 'info'], 'name the book file'],
    ['a budget that is no number', ['hedge', '--book', book, '--budget', 'much'], 'much'],
    ['a negative budget', ['hedge', '--book', book, '--budget', '-1'], '-1'],
    ['an unknown format', ['import', '--book', book, '--file', 'x', '--format', 'pdf'], 'pdf'],
    ['a shock that is no list of moves', ['cascade', '--book', 'demo', '--shock', 'ETH:-0.2'], 'ETH:-0.2'],
    ['more depth gone than there is', ['cascade', '--book', book, '--thinning', '1.5'], 'depthThinningFraction'],
    ['an impact law there is not', ['cascade', '--book', book, '--impact', 'wishful'], 'cascade.impact'],
    ['an impact figure that is no number', ['cascade', '--book', book, '--impact', 'exponential:depthShare=deep'], 'deep'],
    ['a delay without its figure', ['cascade', '--book', book, '--latency', 'fixed'], 'cascade.latency'],
    ['a recovery beyond all of it', ['cascade', '--book', book, '--recovery', '2'], 'recoveryPerRound'],
    ['a beta without a pair', ['cascade', '--book', book, '--cross-impact', 'ETH=0.5'], 'ETH:BTC=0.5'],
    ['a move that is no number', ['cascade', '--book', 'demo', '--shock', 'ETH=down'], 'down'],
    ['an unknown procedure', ['call', 'book.dance'], 'there is no procedure named "book.dance"'],
    ['an input that is not JSON', ['call', 'book.info', '{'], 'not JSON'],
    ['an input of another shape', ['call', 'book.open', '{"file":"x"}'], 'book.open: path'],
    ['an input file that is not there', ['call', 'book.info', '@nowhere.json'], 'nowhere.json cannot be read'],
  ])('%s', async (_what, words, message) => {
    const { code, out, err } = await run(words);
    expect(`${code} ${out}${err}`).toContain(message);
    expect(code).toBe(2);
  });
});

describe('a failure ends with 1, changes nothing and names the thing', () => {
  test.each<[string, string[], string]>([
    ['a book that is not there', ['book', 'info', join(folder.path, 'none.interlock')], 'none.interlock'],
    ['a file that is not there', ['import', '--book', book, '--file', join(folder.path, 'none.csv')], 'none.csv'],
    ['a market file that is not there', ['market', 'import', '--book', book, '--file', join(folder.path, 'none.csv')], 'none.csv'],
    ['an account that the book has not', ['rules', '--book', book, '--account', 'NOBODY'], 'NOBODY'],
    ['a recorded window that there is not', ['replay', '--book', book, '--window', '1929-10', '--no-warnings'], '2025-10'],
    [
      'a price file that is no price file',
      ['replay', '--book', book, '--prices', import.meta.filename, '--no-warnings'],
      'command-line.test.ts',
    ],
    ['a window to backtest that there is not', ['backtest', '--book', book, '--window', '1929-10'], '2025-10'],
    ['a scenario set that the book has not', ['analyze', '--book', book, '--scenarios', 'doomsday'], 'doomsday'],
  ])('%s', async (_what, words, message) => {
    const { code, out, err } = await run(words);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(code).toBe(1);
  });

  test('with --json the failure is JSON on the output', async () => {
    const { code, out, err } = await run(['book', 'info', join(folder.path, 'none.interlock'), '--json']);
    expect([code, err]).toStrictEqual([1, '']);
    expect(JSON.parse(out)).toMatchObject({ failure: { reason: 'notFound' } });
  });
});

describe('book', () => {
  test('info tells what the book holds, and the same as JSON', async () => {
    expect((await run(['book', 'info', '--book', book])).out).toContain('position 144');
    const asJson = await run(['book', 'info', book, '--json']);
    expect(JSON.parse(asJson.out)).toMatchObject({ counts: { position: 144 } });
  });

  test('verify finds a sound book sound and a damaged one damaged', async () => {
    const sound = await run(['book', 'verify', book]);
    expect([sound.code, sound.out]).toStrictEqual([0, expect.stringContaining('The book is sound')]);
  });

  test('backup writes a book of the same digest and never over a file', async () => {
    const to = join(folder.path, 'copy.interlock');
    expect((await run(['book', 'backup', book, '--to', to])).code).toBe(0);
    expect(existsSync(to)).toBe(true);
    const digestOf = async (path: string): Promise<unknown> =>
      (JSON.parse((await run(['book', 'info', path, '--json'])).out) as { digest: unknown }).digest;
    expect(await digestOf(to)).toBe(await digestOf(book));
    expect((await run(['book', 'backup', book, '--to', to])).code).toBe(1);
  });
});

describe('call and calculate', () => {
  test('call reads its input from the words, a file or the standard input', async () => {
    const file = join(folder.path, 'input.json');
    writeFileSync(file, '{"limit":5}');
    const answers = [
      await run(['call', 'book.journal', '{"limit":5}']),
      await run(['call', 'book.journal', `@${file}`]),
      await run(['call', 'book.journal', '-'], '{"limit":5}'),
    ];
    expect(answers.map(({ code }) => code)).toStrictEqual([0, 0, 0]);
    expect(new Set(answers.map(({ out }) => out)).size).toBe(1);
  });

  test('calculate prints only JSON, in the shape of the vector files', async () => {
    const file = join(folder.path, 'cases.json');
    writeFileSync(file, JSON.stringify({ file: 'x', source: 'any', cases: [] }));
    const { code, out } = await run(['calculate', file]);
    expect([code, JSON.parse(out)]).toStrictEqual([0, { file: 'x', cases: [] }]);
  });
});

describe('the interconnection of the demo book', () => {
  test('cascade runs the shock that is named, and a deeper one loses more', async () => {
    const lost = async (...words: string[]): Promise<number> => {
      const { code, out } = await run(['cascade', '--book', book, '--json', ...words]);
      expect(code).toBe(0);
      return (JSON.parse(out) as { cascade: { totalLossUsd: number } }).cascade.totalLossUsd;
    };
    const mild = await lost('--shock', 'ETH=-0.1');
    expect(await lost('--shock', 'ETH=-0.2', '--thinning', '0.5')).toBeGreaterThan(mild);
    expect(await lost('--shock', 'ETH=-0.2', '--no-crowd')).toBeLessThan(await lost('--shock', 'ETH=-0.2'));
    const { out } = await run(['cascade', '--book', 'demo', '--shock', 'ETH=-0.2,BTC=-0.15', '--volatility', '0.3']);
    expect(out).toContain('Accounts that fall:');
    expect(out).toMatch(/The shock: ETH −20\s%, BTC −15\s%, volatility \+30 points/);
  });

  test('cascade takes every rule, draws a fan and searches both ends', async () => {
    const rules = [
      '--impact',
      'squareRoot:coefficient=1.2',
      '--oracle-deviation',
      '0.01',
      '--oracle-lag',
      '1',
      '--latency',
      'geometric:meanRounds=2',
    ];
    const more = ['--recovery', '0.1', '--keeper-gas', '30', '--volatility-thinning', '--cross-impact', 'ETH:BTC=0.4'];
    const { code, out } = await run(['cascade', '--book', book, '--json', ...rules, ...more]);
    expect(code).toBe(0);
    const { cascade } = JSON.parse(out) as { cascade: { assumptions: object; skipped: { borrowers: number } } };
    expect(cascade.assumptions).toMatchObject({
      impact: { law: 'squareRoot', coefficient: 1.2, dailyVolatility: 0.04 },
      oracle: { deviationFraction: 0.01, lagRounds: 1, heartbeatRounds: 25 },
      latency: { distribution: 'geometric', meanRounds: 2 },
      depthResponse: { sensitivity: 49.6 },
      crossImpact: [{ from: 'ETH', to: 'BTC', beta: 0.4 }],
    });
    expect(cascade.skipped.borrowers).toBeGreaterThanOrEqual(0);
    const fan = await run(['cascade', '--book', book, '--fan', '20', '--seed', '3']);
    expect(fan.out).toMatch(/20 draws: the book loses \$[\d,]+, from/);
    expect((await run(['cascade', '--book', book, '--both-ends'])).out).toMatch(/Outcomes: (unique|several|notSettled)/);
  });

  test('cascade along the records says which market left its own, and which has none', async () => {
    const { out } = await run(['cascade', '--book', 'demo', '--impact', 'recorded', '--shock', 'ETH=-0.2']);
    expect(out).toMatch(
      /ETH left its record, [\d.]+ times over: beyond the order book recorded to a fall of 5\s% the price begins to fall 1.5 times/,
    );
    expect(out).toMatch(/BTC goes along the order book recorded to a fall of 5\s%; [\d.]+\s% of it was used/);
    expect(out).toContain('stETH has no record: constant product.');
  });

  test('network, surplus and system tell what the screens show', async () => {
    expect((await run(['network', '--book', book])).out).toMatch(/Look-through leverage +\d\.\d\d ×/);
    expect((await run(['surplus', '--book', book])).out).toMatch(/surplus \$[\d,]+, ratio 1\.\d\d/);
    const system = await run(['system', '--book', book, '--json']);
    expect((JSON.parse(system.out) as { parts: unknown[] }).parts).toHaveLength(4);
    expect((await run(['system', '--book', book])).out).toMatch(/Systemic leverage index \d\d\.\d of 100/);
  });
});

test('a table is aligned, figures to the right', () => {
  const columns = [{ heading: 'Account' }, { heading: 'Equity', isFigure: true }];
  expect(
    table(columns, [
      ['A', '$1'],
      ['Longer', '−$1,000'],
    ]),
  ).toBe('Account   Equity\nA             $1\nLonger   −$1,000\n');
});

test('rules prints one line per rule set and says why those that do not fit do not', async () => {
  const { code, out } = await run(['rules', '--book', book, '--account', 'AAV-LOOP']);
  expect(code).toBe(0);
  expect(out).toContain('in force');
  expect(out).toContain('falls at once');
  expect(out).toContain('eMode 1 as first recorded');
});

/** Three hours of bars of both drivers, falling by a tenth. */
function barFile(): string {
  const file = join(folder.path, 'bars.csv');
  const bars = ['BTC', 'ETH'].flatMap((asset, a) =>
    [100, 97, 90].map((close, hour) => {
      const price = close / (a + 1);
      return `2026-03-01T0${hour}:00:00Z,test-spot,${asset}USDT,1h,${price},${price},${price},${price},1`;
    }),
  );
  writeFileSync(file, `time_utc,venue,symbol,interval,open,high,low,close,volume_base\n${bars.join('\n')}\n`);
  return file;
}

test('backtest holds every strategy against the others along a file of bars, and says what it rests on', async () => {
  const { code, out } = await run(['backtest', '--book', book, '--prices', barFile()]);
  expect(code).toBe(0);
  for (const words of [
    'Do nothing',
    'Delta hedge',
    'Deleverage',
    'Program, small budget',
    'CVaR 97.5',
    'Fewer accounts liquidated first',
    'Rests on:',
  ])
    expect(out).toContain(words);
}, 60_000);

describe('replay', () => {
  test('lists the recorded windows without one', async () => {
    const { code, out } = await run(['replay', '--book', book]);
    expect(code).toBe(0);
    expect(out).toContain('2022-05');
  });

  test('takes a file of price bars in place of a window, and system tells the index along it', async () => {
    const file = barFile();
    const told = await run(['replay', '--book', book, '--prices', file, '--no-warnings', '--json']);
    expect(told.code).toBe(0);
    expect(JSON.parse(told.out)).toMatchObject({ replay: { basis: 'moves', window: { bars: 3 }, coverageFraction: 1 }, study: null });
    const system = await run(['system', '--book', book, '--prices', file, '--no-warnings', '--json']);
    expect((JSON.parse(system.out) as { steps: unknown[] }).steps).toHaveLength(3);
  });
});
