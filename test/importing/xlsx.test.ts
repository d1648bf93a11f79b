import { deflateRawSync, crc32 } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must, openDesk, type Desk } from './import-desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.close());

const HEADER = [
  'position_id',
  'account_id',
  'instrument_id',
  'quantity',
  'entry_price',
  'opened_at',
  'venue',
  'kind',
  'asset',
  'asset_kind',
];

async function workbook(rows: readonly (readonly unknown[])[], sheets = 1): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (let index = 0; index < sheets; index += 1) {
    const sheet = book.addWorksheet(`Sheet${index + 1}`);
    for (const row of [HEADER, ...rows]) sheet.addRow([...row]);
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}
const row = (id: string, quantity: unknown, more: { entry?: unknown; at?: unknown } = {}): unknown[] => [
  id,
  'CST-9',
  'spot:BTC',
  quantity,
  more.entry ?? null,
  more.at ?? null,
  'custody',
  'spot',
  'BTC',
  'base',
];

type ZipPart = { readonly name: string; readonly data: Buffer; readonly method?: 0 | 8; readonly claimedSize?: number };

/** A zip archive written by hand, so that its directory can lie. `gap` and `hidden` bytes before and after the entries belong to none. */
function zip(parts: readonly ZipPart[], lies: { gap?: number; hidden?: number; overlap?: boolean } = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  if (lies.gap) {
    bodies.push(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(lies.gap - 4)]));
    offset = lies.gap;
  }
  for (const { name, data, method = 8, claimedSize = data.length } of parts) {
    const packed = method === 8 ? deflateRawSync(data) : data;
    const text = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc32(data), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(claimedSize, 22);
    local.writeUInt16LE(text.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc32(data), 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(claimedSize, 24);
    central.writeUInt16LE(text.length, 28);
    central.writeUInt32LE(lies.overlap ? (lies.gap ?? 0) : offset, 42);
    bodies.push(local, text, packed);
    directory.push(central, text);
    offset += local.length + text.length + packed.length;
  }
  if (lies.hidden) {
    bodies.push(Buffer.alloc(lies.hidden));
    offset += lies.hidden;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

/** Bytes that do not compress, the same every time. */
function noise(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  let state = 1;
  for (let index = 0; index < bytes; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    buffer[index] = state >>> 24;
  }
  return buffer;
}

const plain: readonly ZipPart[] = [
  { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
  { name: 'xl/workbook.xml', data: Buffer.from('<workbook/>') },
];

describe('XLSX', () => {
  it('is read like the CSV of the same rows: numbers, text numbers, dates', async () => {
    const bytes = await workbook([
      row('P-1', 1.5, { entry: 60000.25, at: new Date('2026-02-05T21:29:37Z') }),
      row('P-2', '12345678901234567890.123456789', { at: '2026-02-05' }),
      row('P-3', 1e-7),
    ]);
    const { preview } = await desk.load(desk.file('p.xlsx', bytes));
    expect(preview).toMatchObject({
      format: 'interlock-xlsx',
      encoding: 'XLSX, first sheet',
      counts: { new: 3, rejected: 0 },
      failures: [],
    });
    expect(desk.position('P-1')).toMatchObject({ quantity: '1.5', entryPrice: '60000.25', openedAt: '2026-02-05T21:29:37Z' });
    expect(desk.position('P-2')).toMatchObject({ quantity: '12345678901234567890.123456789', openedAt: '2026-02-05T00:00:00Z' });
    expect(desk.position('P-3')?.quantity).toBe('0.0000001');
  });

  it('refuses rows with a formula, an error or more cells than columns, and names them', async () => {
    const bytes = await workbook([
      row('P-1', { formula: '1+1', result: 2 }),
      row('P-2', { error: '#DIV/0!' }),
      [...row('P-3', 1), 'more'],
      [],
      row('P-4', 1),
    ]);
    const preview = must(await desk.preview(desk.file('p.xlsx', bytes)));
    const problems = preview.sample
      .filter((sample) => sample.state === 'rejected')
      .map(({ line, column, reason }) => [line, column, reason]);
    expect(problems).toEqual([
      [2, 'quantity', 'the cell holds a formula; paste its value'],
      [3, 'quantity', 'the cell holds the error #DIV/0!'],
      [4, 'asset_kind', 'the row has 11 cells, the header has 10'],
    ]);
    expect(preview.counts).toMatchObject({ new: 1, rejected: 3 });
  });

  it('says that only the first of several sheets is read', async () => {
    const preview = must(await desk.preview(desk.file('p.xlsx', await workbook([row('P-1', 1)], 2))));
    expect(preview.failures).toMatchObject([{ message: 'p.xlsx has 2 sheets; only the first is read' }]);
  });

  it.each<[string, Buffer, string]>([
    [
      'a bomb',
      zip([...plain, { name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(8 << 20) }]),
      'unpacks to more than 100 times its size',
    ],
    [
      'an entry too large',
      zip([...plain, { name: 'a.xml', data: Buffer.from('<a/>'), claimedSize: 300 << 20 }]),
      'at most 268435456 are read',
    ],
    [
      'entries too large together',
      zip([...plain, ...['a', 'b', 'c'].map((name) => ({ name, data: noise(3 << 20), claimedSize: 255 << 20 }))]),
      'at most 536870912 are read',
    ],
    [
      'too many entries',
      zip([...plain, ...Array.from({ length: 1000 }, (_, index) => ({ name: `e${index}`, data: Buffer.from('x') }))]),
      'has 1002 entries; at most 1000 are read',
    ],
    [
      'a size that is a lie',
      zip([...plain, { name: 'a.xml', data: Buffer.from('<a>much more than four</a>'), claimedSize: 4 }]),
      'is refused',
    ],
    ['overlapping entries', zip(plain, { overlap: true }), 'is refused'],
    ['bytes of no entry', zip(plain, { gap: 200_000 }), 'belong to no entry'],
    ['bytes after the last entry', zip(plain, { hidden: 5_000 }), 'belong to no entry'],
    ['macros', zip([...plain, { name: 'xl/vbaProject.bin', data: Buffer.from('x') }]), 'is a macro'],
    [
      'links to other workbooks',
      zip([...plain, { name: 'xl/externalLinks/externalLink1.xml', data: Buffer.from('<x/>') }]),
      'links to another workbook',
    ],
    [
      'a document type definition',
      zip([...plain, { name: 'xl/styles.xml', data: Buffer.from('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>') }]),
      'has a document type definition',
    ],
    ['markup in UTF-16', zip([...plain, { name: 'xl/styles.xml', data: Buffer.from('\ufeff<x/>', 'utf16le') }]), 'is not UTF-8'],
    ['a name that leaves the archive', zip([...plain, { name: '../evil.xml', data: Buffer.from('<x/>') }]), 'invalid relative path'],
    ['two entries of one name', zip([...plain, plain[1] ?? { name: '', data: Buffer.alloc(0) }]), 'two entries have the same name'],
    ['no workbook', zip([{ name: 'readme.txt', data: Buffer.from('x') }]), 'it has no workbook'],
  ])('is refused with %s, quickly and before parsing', async (_, bytes, reason) => {
    const before = desk.book().digest();
    const preview = await desk.preview(desk.file('bad.xlsx', bytes));
    expect(preview).toMatchObject({ ok: false, failure: { reason: 'invalidFile', message: expect.stringContaining(reason) as string } });
    expect(desk.book().digest()).toBe(before);
  });
});
