import type { ImportAnswers } from '../../main/contract/importing.ts';
import { SPOT_HEADER, spotRow, type Counts } from './import-desk.ts';

/** What a file must come to: counts and, for problems, line, column and part of the reason; or a refusal of the whole file. */
export type Expected =
  | {
      readonly counts: Partial<Counts>;
      readonly problems?: readonly [line: number, column: string, reason: string][];
      readonly encoding?: string;
    }
  | { readonly refused: string; readonly line?: number; readonly column?: string };
/** A file, how its questions are answered, and what it must come to. */
export type Case = {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly expected: Expected;
  readonly answers?: ImportAnswers;
};

const rows = (...lines: string[]): string => [SPOT_HEADER, ...lines, ''].join('\n');
const good = rows(spotRow('P-1', '1.5'), spotRow('P-2', '2'));
const accented = rows('P-1,CST-É,spot:BTC,1.5,,,custody,spot,BTC,base');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16 = (text: string, isBig: boolean): Buffer => {
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isBig ? little.swap16() : little;
};
const quantity = (cell: string): string => rows(spotRow('P-1', '1'), spotRow('P-2', `"${cell}"`));
const opened = (cell: string): string => rows(spotRow('P-1', '1', { at: '2026-02-05T10:00:00Z' }), spotRow('P-2', '1', { at: cell }));
const rejectedQuantity = (cell: string, reason: string, name = cell): Case => ({
  name: `the number ${name} is rejected`,
  content: quantity(cell),
  expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'quantity', reason]] },
});

/** At least one file of every class of bad or unusual input, with its exact outcome. */
export const badFiles: readonly Case[] = [
  {
    name: 'UTF-8 with a byte order mark',
    content: `\ufeff${good}`,
    expected: { counts: { new: 2 }, encoding: 'UTF-8 with byte order mark, comma' },
  },
  {
    name: 'a byte order mark before a quoted header',
    content: `\ufeff${good.replace('position_id', '"position_id"')}`,
    expected: { counts: { new: 2 } },
  },
  {
    name: 'UTF-16 little endian',
    content: utf16(accented, false),
    expected: { counts: { new: 1 }, encoding: 'UTF-16 little endian, comma' },
  },
  { name: 'UTF-16 big endian', content: utf16(accented, true), expected: { counts: { new: 1 }, encoding: 'UTF-16 big endian, comma' } },
  {
    name: 'UTF-16 without a byte order mark',
    content: utf16(accented, false).subarray(2),
    expected: { counts: { new: 1 }, encoding: 'UTF-16 little endian, comma' },
  },
  { name: 'Windows-1252', content: latin1(accented), expected: { counts: { new: 1 }, encoding: 'Windows-1252, comma' } },
  { name: 'CRLF', content: good.replaceAll('\n', '\r\n'), expected: { counts: { new: 2 } } },
  { name: 'a lone CR', content: good.replaceAll('\n', '\r'), expected: { counts: { new: 2 } } },
  {
    name: 'mixed line ends',
    content: good.replace('\n', '\r\n').replace(/\n$/, '\r'),
    expected: { counts: { new: 2 }, encoding: 'UTF-8, comma, mixed line ends (CRLF, LF)' },
  },
  {
    name: 'an unclosed quote',
    content: rows(spotRow('P-1', '1'), spotRow('P-2', '"2'), spotRow('P-3', '3')),
    expected: { refused: 'a quote opened on line 3 is never closed', line: 3 },
  },
  {
    name: 'an unclosed quote in the header',
    content: `"${SPOT_HEADER}\n`,
    expected: { refused: 'a quote opened on line 1 is never closed', line: 1 },
  },
  {
    name: 'a stray quote',
    content: rows(spotRow('P-1', '1'), spotRow('P-2', '2"5')),
    expected: { refused: 'a quote is out of place on line 3', line: 3, column: 'cell 4' },
  },
  {
    name: 'text after a closing quote',
    content: rows(spotRow('P-1', '"1"x')),
    expected: { refused: 'a quote is out of place on line 2', line: 2, column: 'cell 4' },
  },
  {
    name: 'a short row',
    content: rows(spotRow('P-1', '1'), 'P-2,CST-9,spot:BTC'),
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'quantity', 'the row ends after 3 of 10 cells']] },
  },
  {
    name: 'a long row',
    content: rows(spotRow('P-1', '1'), `${spotRow('P-2', '1')},more`),
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'asset_kind', 'the row has 11 cells, the header has 10']] },
  },
  {
    name: 'a NUL',
    content: rows(spotRow('P-1', '1'), spotRow('P-2', '1', { account: 'CST\0-9' })),
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'account_id', 'NUL']] },
  },
  {
    name: 'semicolons with decimal commas',
    content: rows(spotRow('P-1', '1|5')).replaceAll(',', ';').replace('|', ','),
    expected: { counts: { asked: 1 }, problems: [[2, 'quantity', '1,5: which sign is decimal?']], encoding: 'UTF-8, semicolon' },
  },
  {
    name: 'semicolons with decimal commas, answered',
    content: rows(spotRow('P-1', '1|5')).replaceAll(',', ';').replace('|', ','),
    answers: { decimalSign: 'comma' },
    expected: { counts: { new: 1 } },
  },
  { name: 'tabs', content: good.replaceAll(',', '\t'), expected: { counts: { new: 2 }, encoding: 'UTF-8, tab' } },
  {
    name: 'a header with the same column twice',
    content: good.replace('entry_price', 'quantity'),
    expected: { refused: 'column quantity is there twice, as column 4 and column 5', line: 1, column: 'quantity' },
  },
  {
    name: 'a column called __proto__',
    content: good.replace('entry_price', '__proto__'),
    expected: { refused: 'column 5 may not be called __proto__', line: 1, column: '__proto__' },
  },
  { name: 'a column without a name', content: good.replace('entry_price', ''), expected: { refused: 'column 5 has no name', line: 1 } },
  {
    name: 'an unknown column',
    content: good.replace('entry_price', 'price'),
    expected: { refused: 'an unknown column price', line: 1, column: 'price' },
  },
  {
    name: 'a missing column',
    content: good.replace('quantity', 'expiry'),
    expected: { refused: 'no column quantity', line: 1, column: 'quantity' },
  },
  { name: 'columns of nothing known', content: 'a,b,c\n1,2,3\n', expected: { refused: 'are of no known layout', line: 1 } },
  { name: 'an empty file', content: '', expected: { refused: 'is empty' } },
  { name: 'a header only', content: `${SPOT_HEADER}\n`, expected: { counts: {} } },
  {
    name: 'a newline inside quotes',
    content: rows(spotRow('P-1', '"1\n"'), spotRow('P-2', 'x')),
    expected: { counts: { new: 1, rejected: 1 }, problems: [[4, 'quantity', 'x is not a number']] },
  },
  { name: 'no final newline', content: good.trimEnd(), expected: { counts: { new: 2 } } },
  { name: 'blank lines between rows', content: good.replaceAll('\n', '\n\n'), expected: { counts: { new: 2 } } },
  rejectedQuantity('1e309', '1e309 is not a finite number'),
  rejectedQuantity('1e999', '1e999 is not a finite number'),
  rejectedQuantity('1e308', '1e308 has more than 60 characters as a plain decimal'),
  rejectedQuantity('NaN', 'NaN is not a finite number'),
  rejectedQuantity('-Infinity', '-Infinity is not a finite number'),
  rejectedQuantity('', 'is empty', 'of an empty cell'),
  rejectedQuantity('(1,234.50)', 'is in brackets'),
  rejectedQuantity("1'234", 'has grouping signs'),
  rejectedQuantity('1\u202f234', 'has grouping signs', 'with narrow spaces'),
  rejectedQuantity('\u22125', 'has a minus sign that is not -', 'with a typographic minus'),
  rejectedQuantity('5%', 'is a percentage'),
  rejectedQuantity('5 BTC', 'has a unit'),
  rejectedQuantity('0x10', '0x10 is not a number'),
  rejectedQuantity('1.2.3', '1.2.3 is not a number'),
  rejectedQuantity('-3', '-3: a spot balance cannot be negative'),
  { name: 'a small exponent is written out', content: quantity('2.5e-3'), expected: { counts: { new: 2 } } },
  {
    name: '1,234 is asked about',
    content: quantity('1,234'),
    expected: { counts: { new: 1, asked: 1 }, problems: [[3, 'quantity', '1,234: which sign is decimal?']] },
  },
  {
    name: '1.234,50 is asked about',
    content: quantity('1.234,50'),
    expected: { counts: { new: 1, asked: 1 }, problems: [[3, 'quantity', 'which sign is decimal?']] },
  },
  {
    name: '1.234,50 cannot be read with the dot',
    content: quantity('1.234,50'),
    answers: { decimalSign: 'dot' },
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'quantity', 'cannot be read with the dot']] },
  },
  {
    name: '1,234 is left out on request',
    content: quantity('1,234'),
    answers: { decimalSign: 'leaveOut' },
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'quantity', 'is left out']] },
  },
  {
    name: 'a date with two readings is asked about',
    content: opened('05-02-2026'),
    expected: { counts: { new: 1, asked: 1 }, problems: [[3, 'opened_at', 'is the day or the month first?']] },
  },
  { name: 'a date with one reading is taken', content: opened('25/02/2026'), expected: { counts: { new: 2 } } },
  {
    name: 'a date against the chosen order is rejected',
    content: opened('25/02/2026'),
    answers: { dateOrder: 'monthFirst' },
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'opened_at', 'there is no month 25']] },
  },
  { name: 'an ISO time with an offset is taken', content: opened('2026-02-05T21:29:37+05:30'), expected: { counts: { new: 2 } } },
  {
    name: 'a day that does not exist is rejected',
    content: opened('2026-02-31'),
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'opened_at', '31 February does not exist']] },
  },
  {
    name: '29 February outside a leap year is rejected',
    content: opened('2026-02-29'),
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'opened_at', '29 February 2026 does not exist']] },
  },
  {
    name: 'a serial day number is rejected',
    content: opened('46058'),
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'opened_at', 'counts from 1900 or 1904']] },
  },
  {
    name: 'an hour that does not exist is rejected',
    content: opened('2026-02-05 25:00'),
    expected: { counts: { new: 1, rejected: 1 }, problems: [[3, 'opened_at', 'there is no time']] },
  },
  {
    name: 'a duplicate id',
    content: rows(spotRow('P-1', '1'), spotRow('P-2', '2'), spotRow('P-1', '3')),
    expected: { counts: { new: 2, rejected: 1 }, problems: [[4, 'position_id', 'P-1 already on line 2']] },
  },
  {
    name: 'text that starts a formula',
    content: rows(spotRow('P-1', '1'), spotRow('P-2', '=1+1'), spotRow("'=P-3", '1')),
    expected: { counts: { new: 2, rejected: 1 }, problems: [[3, 'quantity', '=1+1 is not a number']] },
  },
  {
    name: 'an account nobody knows',
    content: rows('P-1,NO-1,spot:BTC,1,,,,spot,BTC,base'),
    expected: { counts: { rejected: 1 }, problems: [[2, 'account_id', 'account NO-1 is not in the book']] },
  },
  {
    name: 'a venue nobody knows',
    content: rows('P-1,NO-1,spot:BTC,1,,,mars,spot,BTC,base'),
    expected: { counts: { rejected: 1 }, problems: [[2, 'venue', 'venue mars is not in the book']] },
  },
  {
    name: 'an instrument nobody knows',
    content: rows('P-1,CST-9,spot:XYZ,1,,,custody,,,'),
    expected: { counts: { rejected: 1 }, problems: [[2, 'instrument_id', 'instrument spot:XYZ is unknown']] },
  },
  {
    name: 'an asset of unknown kind',
    content: rows('P-1,CST-9,spot:XYZ,1,,,custody,spot,XYZ,'),
    expected: { counts: { rejected: 1 }, problems: [[2, 'asset', 'asset XYZ is not in the book']] },
  },
  { name: 'a SQLite file', content: 'SQLite format 3\0 and more', expected: { refused: 'is a SQLite file' } },
  { name: 'a PDF', content: '%PDF-1.7\n', expected: { refused: 'is a PDF' } },
  { name: 'a broken archive', content: 'PK\x03\x04nonsense', expected: { refused: 'is not a sound XLSX file' } },
  {
    name: 'JSON cut off',
    content: '{"format": "interlock-positions", "version": 1, "rows": [{"position_id": "P-',
    expected: { refused: 'is not JSON' },
  },
  {
    name: 'JSON with a key twice',
    content: '{"format": "interlock-positions", "format": "x"}',
    expected: { refused: 'the key format is there twice', line: 1 },
  },
  {
    name: 'JSON that reaches for a prototype',
    content: '{"format": "interlock-positions", "version": 1, "rows": [], "__proto__": {"polluted": 1}}',
    expected: { refused: 'the key __proto__ is not allowed' },
  },
  {
    name: 'JSON with a hidden prototype key',
    content: '{"\\u005f_proto__": 1}',
    expected: { refused: 'the key __proto__ is not allowed' },
  },
  { name: 'JSON nested too deep', content: '['.repeat(65) + ']'.repeat(65), expected: { refused: 'nested deeper than 64' } },
  { name: 'JSON of something else', content: '{"rows": []}', expected: { refused: 'is not Interlock' } },
  {
    name: 'JSON with a number where text belongs',
    content:
      '{"format":"interlock-positions","version":1,"rows":[\n{"position_id":"P-1","account_id":"CST-9","instrument_id":"spot:BTC","quantity":1e999}]}',
    expected: { counts: { rejected: 1 }, problems: [[2, 'quantity', 'is not text']] },
  },
  {
    name: 'JSON with an unknown key',
    content: '{"format":"interlock-positions","version":1,"rows":[{"position_id":"P-1","amount":"1"}]}',
    expected: { counts: { rejected: 1 }, problems: [[1, 'amount', 'the key amount is not known']] },
  },
];
