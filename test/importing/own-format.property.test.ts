import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POSITION_COLUMNS } from '../../main/importing/layout/position-columns.ts';
import { must, openDesk, type Desk } from './import-desk.ts';

const SEED = 20_260_205;

const digits = fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String);
const decimal = fc
  .tuple(digits, fc.option(fc.stringMatching(/^\d{1,20}$/), { nil: null }))
  .map(([whole, part]) => (part === null ? whole : `${whole}.${part}`));
/** Names with quotes, separators, formula signs, other scripts; no control characters, no blanks at the ends. */
const name = fc
  .oneof(
    fc.stringMatching(/^[A-Za-z0-9/:_-]{1,20}$/),
    fc.stringMatching(/^['=+@"',;é中]{1,6}[a-z]$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  )
  .filter((text) => text.trim() === text && text !== '' && !/[\p{Cc}\p{Cs}\ufeff]/u.test(text));
const instant = fc
  .date({ min: new Date('2010-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

type Row = Readonly<Record<string, string>>;
const row = fc.record({
  quantity: decimal,
  entry_price: fc.option(decimal, { nil: '' }),
  opened_at: fc.option(instant, { nil: '' }),
  account: name,
  side: fc.constantFrom('', '-'),
});
const table = fc
  .uniqueArray(name, { minLength: 1, maxLength: 12 })
  .chain((ids) => fc.tuple(...ids.map((id) => row.map((cells) => ({ id, ...cells })))));

const terms = { kind: 'perpetual', underlying: 'BTC', settlement: 'inverse' };
const rowsOf = (
  cells: readonly { id: string; quantity: string; entry_price: string; opened_at: string; account: string; side: string }[],
): Row[] =>
  cells.map(({ id, quantity, entry_price, opened_at, account, side }) => {
    const signed = Number(quantity) === 0 ? quantity : side + quantity;
    return {
      position_id: id,
      account_id: account,
      instrument_id: 'PERP',
      quantity: signed,
      entry_price,
      opened_at,
      venue: 'custody',
      ...terms,
    };
  });
const guarded = (text: string): string => (/^'*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text);
const csvOf = (rows: readonly Row[]): string => {
  const columns = [...POSITION_COLUMNS];
  const isNumber = (column: string): boolean => column === 'quantity' || column === 'entry_price';
  const cell = (value: Row, column: string): string =>
    `"${(isNumber(column) ? (value[column] ?? '') : guarded(value[column] ?? '')).replaceAll('"', '""')}"`;
  return [columns.join(','), ...rows.map((value) => columns.map((column) => cell(value, column)).join(','))].join('\r\n');
};
const jsonOf = (rows: readonly Row[]): string => JSON.stringify({ format: 'interlock-positions', version: 1, rows }, null, 1);

describe('Interlock positions', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = openDesk();
    await desk.load(
      desk.file(
        'btc.csv',
        'position_id,account_id,instrument_id,quantity,venue,kind,asset,asset_kind\nB,CST,spot:BTC,1,custody,spot,BTC,base\n',
      ),
    );
  });
  afterAll(() => desk.close());

  it.each([
    ['CSV', csvOf],
    ['JSON', jsonOf],
  ] as const)('come back from %s exactly as they were written', async (kind, write) => {
    await fc.assert(
      fc.asyncProperty(table, async (cells) => {
        const before = desk.book().digest();
        const rows = rowsOf(cells);
        const path = desk.file(`rows.${kind}`, write(rows));
        const { preview } = await desk.load(path);
        expect(preview.counts).toMatchObject({ new: rows.length, rejected: 0, asked: 0 });
        const held = new Map(desk.positions().map((position) => [position.id, position]));
        for (const wanted of rows) {
          expect(held.get(wanted['position_id'] ?? '')).toEqual({
            id: wanted['position_id'],
            accountId: wanted['account_id'],
            instrumentId: 'PERP',
            quantity: wanted['quantity'],
            entryPrice: wanted['entry_price'] || null,
            openedAt: wanted['opened_at'] || null,
          });
        }
        const again = must(await desk.preview(path));
        expect(again.counts).toMatchObject({ unchanged: rows.length, new: 0, changed: 0 });
        must(desk.book().undo());
        expect(desk.book().digest()).toBe(before);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
